export { contactDigest } from './contact-digest.js'
export { lateAnswer } from './late-answer.js'
export { listingCase } from './listing-case.js'
export { reconcile } from './reconcile.js'
