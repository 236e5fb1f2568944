import { WorkflowNotFoundError } from '@temporalio/client'
import { parseCaseId } from '../../domain/case/identity.js'
import { brandRecipient, parseRecipient } from '../../domain/notice/recipients.js'
import { inParallel } from '../../platform/in-parallel.js'
import { EVERYTHING } from '../../store/store.js'
import { CASE_SIGNALS } from '../../workflows/messages.js'
import type { RouteDeps } from '../deps.js'
import type { Bounce } from './bounce.js'

const AT_ONCE = 8

/**
 * Keeps that a mail came back, and tells each case it was about, as when the mail server refuses one.
 * Telling it again changes nothing: a case counts a contact it could not tell once. A mail that is
 * not ours is none of anybody's cases.
 */
export function createTakeBounce({
  store,
  temporal,
  now,
}: Pick<RouteDeps, 'store' | 'temporal' | 'now'>): (bounce: Bounce) => Promise<void> {
  return async ({ messageId, at, detail }) => {
    const named = messageId.startsWith('<') ? messageId : `<${messageId}>`
    const when = Number.isNaN(at.getTime()) ? new Date(now()) : at
    const mail = await store.mails.bounced(named, { at: when, detail })
    if (!mail) return
    const { contactId, kind, caseIds } = mail
    const contactIds = await contactsNow(contactId)
    await inParallel(caseIds, AT_ONCE, async (caseId) => {
      const address = parseCaseId(caseId)
      if (!address) return
      const message = { caseId, contactId, kind, detail, ...(contactIds ? { contactIds } : {}) }
      try {
        await temporal.workflow
          .getHandle(address.workflowId)
          .signal(CASE_SIGNALS.noticeFailed, message)
      } catch (error) {
        // A case that has closed waits for nobody.
        if (!(error instanceof WorkflowNotFoundError)) throw error
      }
    })
  }

  /** The brand's contacts as they are now, who may be others than those the case was opened with. */
  async function contactsNow(contactId: string): Promise<string[] | null> {
    const recipient = parseRecipient(contactId)
    if (recipient?.kind !== 'brand') return null
    const { brandId } = recipient
    const brand = await store.brands.find(EVERYTHING, brandId)
    return (brand?.contacts ?? []).map((one) => brandRecipient(brandId, one.contactId))
  }
}
