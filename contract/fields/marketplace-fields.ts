import { CLOSED_AT, type FieldTexts, OPENED_AT } from './field.js'

const REASON = 'Their removals hit the wrong listings; they are looking into it.'

/** Fields of marketplaces, their pauses and their health. */
export const MARKETPLACE_FIELDS: FieldTexts = {
  'Marketplace.pause.since': { description: 'When it was paused.', example: OPENED_AT },
  'Marketplace.pause.reason': {
    description: 'Why, for all who read its cases.',
    example: REASON,
  },
  'pauseMarketplace.reason': {
    description: 'Why, for all who read its cases; no personal data.',
    example: REASON,
  },
  'resumeMarketplace.reason': {
    description: 'Why it goes on.',
    example: 'They have mended it, and tried it on ten listings.',
  },
  'PauseReason.text': { description: 'The reason.', example: REASON },
  'PauseReason.by': { description: 'Who gave it, by id.', example: 'k7q2m4xa' },
  'PauseReason.byName': {
    description: 'What they are called; `null` where nobody knows any more.',
    example: 'Ines Duarte',
  },
  'PauseReason.at': { description: 'When.', example: OPENED_AT },
  'MarketplacePause.since': { description: 'When it began.', example: OPENED_AT },
  'MarketplacePause.reasons': { description: 'Every reason given; the last one holds.' },
  'MarketplacePause.resumed': { description: 'How it ended; `null` while it lasts.' },
  'listMarketplacePauses.items': { description: 'The latest 100, newest first.' },
  'MarketplaceHealth.name': { description: 'What it is called.', example: 'Lantern Market' },
  'MarketplaceHealth.waiting': {
    description: 'Takedowns it has not answered, those that wait for a pause to end included.',
    example: 7,
  },
  'MarketplaceHealth.oldest': {
    description: 'When the first of them was asked for; `null`: none waits.',
    example: OPENED_AT,
  },
  'MarketplaceHealth.answeredAt': {
    description: 'When it last did what it was asked, or said why not; `null`: never noted.',
    example: CLOSED_AT,
  },
  'MarketplaceHealth.failedAt': {
    description: 'When a call of it last failed; `null`: never noted.',
    example: OPENED_AT,
  },
  'MarketplaceHealth.failure': {
    description: 'What went wrong then.',
    example: 'Lantern Market cannot be reached (ECONNREFUSED). Nothing was changed. (unreachable)',
  },
}
