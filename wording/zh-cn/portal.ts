import type { PortalWords } from '../portal-words.js'
import { caseZhCn } from './portal/case.js'
import { compareZhCn } from './portal/compare.js'
import { deskZhCn } from './portal/desk.js'
import { frameZhCn } from './portal/frame.js'
import { inboxZhCn } from './portal/inbox.js'
import { keysZhCn } from './portal/keys.js'
import { recordZhCn } from './portal/record.js'
import { questionsZhCn } from './portal/questions.js'
import { settingsZhCn } from './portal/settings.js'
import { signInZhCn } from './portal/sign-in.js'
import { accessZhCn } from './portal/access.js'
import { rulesZhCn } from './portal/rules.js'
import { referencesZhCn } from './portal/references.js'
import { webhooksZhCn } from './portal/webhooks.js'

export const portalZhCn: PortalWords = {
  ...frameZhCn,
  ...signInZhCn,
  ...inboxZhCn,
  ...caseZhCn,
  ...compareZhCn,
  ...keysZhCn,
  ...recordZhCn,
  ...settingsZhCn,
  ...deskZhCn,
  ...questionsZhCn,
  ...accessZhCn,
  ...rulesZhCn,
  ...referencesZhCn,
  ...webhooksZhCn,
}
