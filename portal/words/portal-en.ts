export { answerWordsEn as answer } from '../../wording/en/answer-page.js'
export { portalEn as portal } from '../../wording/en/portal.js'
