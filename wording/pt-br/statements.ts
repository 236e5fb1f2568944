import type { StatementWords } from '../statement-words.js'

export const statementsPtBr: StatementWords = {
  '2026-1':
    'Declaro de boa-fé que as informações prestadas são exatas e completas e que posso agir em nome do titular do direito.',
}
