export { answerWordsEn as answer } from '../../wording/en/answer-page.js'
export { portalEn as portal } from '../../wording/en/portal.js'
export { wordsEn as vocabulary } from '../../wording/en/vocabulary.js'
