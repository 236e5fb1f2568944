import type { StatementWords } from '../statement-words.js'

export const statementsEn: StatementWords = {
  '2026-1':
    'I state in good faith that the information I give is accurate and complete, and that I may act for the owner of the right.',
}
