import { caseEn } from './portal/case.js'
import { compareEn } from './portal/compare.js'
import { deskEn } from './portal/desk.js'
import { frameEn } from './portal/frame.js'
import { inboxEn } from './portal/inbox.js'
import { keysEn } from './portal/keys.js'
import { recordEn } from './portal/record.js'
import { questionsEn } from './portal/questions.js'
import { settingsEn } from './portal/settings.js'
import { signInEn } from './portal/sign-in.js'
import { accessEn } from './portal/access.js'
import { rulesEn } from './portal/rules.js'
import { referencesEn } from './portal/references.js'
import { webhooksEn } from './portal/webhooks.js'

/** The sentences of the portal, a file a screen; what identifiers are called is in vocabulary.ts, what the answer page says too in answer-page.ts. */
export const portalEn = {
  ...frameEn,
  ...signInEn,
  ...inboxEn,
  ...caseEn,
  ...compareEn,
  ...keysEn,
  ...recordEn,
  ...settingsEn,
  ...deskEn,
  ...questionsEn,
  ...accessEn,
  ...rulesEn,
  ...referencesEn,
  ...webhooksEn,
} as const
