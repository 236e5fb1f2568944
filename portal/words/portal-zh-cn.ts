export { answerWordsZhCn as answer } from '../../wording/zh-cn/answer-page.js'
export { portalZhCn as portal } from '../../wording/zh-cn/portal.js'
export { wordsZhCn as vocabulary } from '../../wording/zh-cn/vocabulary.js'
