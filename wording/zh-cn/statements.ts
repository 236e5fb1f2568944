import type { StatementWords } from '../statement-words.js'

export const statementsZhCn: StatementWords = {
  '2026-1': '本人善意声明：所提供的信息准确、完整，且本人有权代表权利人行事。',
}
