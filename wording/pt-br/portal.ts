import type { PortalWords } from '../portal-words.js'
import { casePtBr } from './portal/case.js'
import { comparePtBr } from './portal/compare.js'
import { deskPtBr } from './portal/desk.js'
import { framePtBr } from './portal/frame.js'
import { inboxPtBr } from './portal/inbox.js'
import { keysPtBr } from './portal/keys.js'
import { recordPtBr } from './portal/record.js'
import { questionsPtBr } from './portal/questions.js'
import { settingsPtBr } from './portal/settings.js'
import { signInPtBr } from './portal/sign-in.js'
import { accessPtBr } from './portal/access.js'
import { rulesPtBr } from './portal/rules.js'
import { referencesPtBr } from './portal/references.js'
import { webhooksPtBr } from './portal/webhooks.js'

export const portalPtBr: PortalWords = {
  ...framePtBr,
  ...signInPtBr,
  ...inboxPtBr,
  ...casePtBr,
  ...comparePtBr,
  ...keysPtBr,
  ...recordPtBr,
  ...settingsPtBr,
  ...deskPtBr,
  ...questionsPtBr,
  ...accessPtBr,
  ...rulesPtBr,
  ...referencesPtBr,
  ...webhooksPtBr,
}
