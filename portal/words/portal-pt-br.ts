export { answerWordsPtBr as answer } from '../../wording/pt-br/answer-page.js'
export { portalPtBr as portal } from '../../wording/pt-br/portal.js'
export { wordsPtBr as vocabulary } from '../../wording/pt-br/vocabulary.js'
