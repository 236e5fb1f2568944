import { Type } from 'typebox'
import { DEFAULT_MAIL_SETTINGS, type MailSettings } from '../../domain/notice/mail-settings.js'
import { parseRecipient } from '../../domain/notice/recipients.js'
import { MAIL_FREQUENCIES } from '../../domain/vocabulary.js'
import { addressDigest } from '../../platform/answer-token.js'
import { readMailSettingsToken } from '../../platform/mail-settings-token.js'
import type { Locale } from '../../wording/vocabulary.js'
import { readFields } from '../answer/form.js'
import { mailSettingsPage } from '../answer/mail-settings-page.js'
import { outdatedPage, type Page, unknownPage } from '../answer/result-pages.js'
import { sendPage } from '../answer/send-page.js'
import type { RouteDeps } from '../deps.js'
import { takeBodies } from '../http/bodies.js'
import type { App } from './route.js'

const BODY_LIMIT = 4 * 1024
/** What a mail program posts, as a form of either kind (RFC 8058). */
const ONE_CLICK = { 'List-Unsubscribe': 'One-Click' }
const MULTIPART = /name="List-Unsubscribe"\s*\r?\n\r?\n\s*One-Click\s*\r?\n/i

const Params = Type.Object({ token: Type.String() })
const Form = Type.Record(Type.String(), Type.Unknown())
const page = (description: string) => ({
  description,
  content: { 'text/html': { schema: Type.String() } },
})
const pages = {
  200: page('How this person gets mails'),
  404: page('The link leads nowhere'),
  410: page('The link is no longer this person’s'),
}

/** Choosing how one gets mails, by the link in each of them. Looking changes nothing. */
export function mailSettingsRoutes(app: App, deps: RouteDeps): void {
  const { store, people, config, now } = deps
  takeBodies(app, 'application/x-www-form-urlencoded', BODY_LIMIT, readFields)
  takeBodies(app, 'multipart/form-data', BODY_LIMIT, (body) =>
    MULTIPART.test(body) ? ONE_CLICK : {},
  )
  app.removeContentTypeParser('application/json')

  app.get(
    '/mail-settings/:token',
    {
      config: { scope: 'public' },
      schema: {
        operationId: 'showMailSettings',
        summary: 'Show how a person gets mails',
        description: 'Changes nothing.',
        tags: ['Answer page'],
        params: Params,
        response: pages,
      },
    },
    async (request, reply) =>
      sendPage(
        reply,
        await guarded(request.params.token, async ({ settings, locale }) => ({
          status: 200,
          html: mailSettingsPage(settings, locale, false),
        })),
      ),
  )

  app.post(
    '/mail-settings/:token',
    {
      config: { scope: 'public' },
      schema: {
        operationId: 'saveMailSettings',
        summary: 'Choose how to get mails, or unsubscribe from news by one click (RFC 8058)',
        tags: ['Answer page'],
        params: Params,
        body: { content: { 'application/x-www-form-urlencoded': { schema: Form } } },
        response: pages,
      },
      attachValidation: true,
    },
    async (request, reply) => {
      const fields = (request.body ?? {}) as Record<string, unknown>
      const shown = await guarded(request.params.token, async ({ settings, locale, save }) => {
        const next = chosen(settings, fields)
        await save(next)
        return { status: 200, html: mailSettingsPage(next, locale, true) }
      })
      return sendPage(reply, shown)
    },
  )

  interface Visit {
    settings: MailSettings
    locale: Locale
    save: (settings: MailSettings) => Promise<void>
  }

  async function guarded(token: string, show: (visit: Visit) => Promise<Page>): Promise<Page> {
    const claims = readMailSettingsToken(token, config.secrets.answerToken)
    if (!claims) return unknownPage('en')
    const { recipient, address } = claims
    const person = await personOf(recipient)
    if (!person || addressDigest(person.email) !== address) return outdatedPage('en')
    const settings = (await store.mailSettings.find(recipient, address)) ?? DEFAULT_MAIL_SETTINGS
    return show({
      settings,
      locale: person.locale,
      save: (next) => store.mailSettings.save(recipient, address, next, new Date(now())),
    })
  }

  async function personOf(name: string): Promise<{ email: string; locale: Locale } | undefined> {
    const recipient = parseRecipient(name)
    if (recipient?.kind === 'staff') {
      const person = await people.managers.get(recipient.accountManagerId)
      return person?.active ? person : undefined
    }
    if (recipient?.kind !== 'brand') return undefined
    const brand = await people.brands.get(recipient.brandId)
    return brand?.contacts.find(({ contactId }) => contactId === recipient.contactId)
  }
}

/** By one click the news ends, and all else stays as it was. */
function chosen(before: MailSettings, fields: Record<string, unknown>): MailSettings {
  if (fields['List-Unsubscribe'] === 'One-Click') return { ...before, news: false }
  const frequency = MAIL_FREQUENCIES.find((one) => one === fields['frequency'])
  return { frequency: frequency ?? before.frequency, news: fields['news'] === 'yes' }
}
