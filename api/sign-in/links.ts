import type { FastifyBaseLogger } from 'fastify'
import { LINK_LIFE_MS, LINKS_AT_ONCE } from '../../domain/person/sign-in-links.js'
import type { AccountMailKind, SignInLinkKind } from '../../domain/vocabulary.js'
import type { Mail } from '../../notifications/mail-transport.js'
import { renderAccountMail } from '../../notifications/account-mail.js'
import { randomSecret, randomSuffix, sha256Hex } from '../../platform/digest.js'
import type { Invitation, Person, SignInLink, Store } from '../../store/store.js'
import { brandNamesOf } from './brand-names.js'
import { codeOf } from './code.js'
import type { RecentPeople } from '../callers/recent-people.js'

/** What links are made and sent with. `now` gives epoch milliseconds. */
export interface LinkDeps {
  store: Pick<Store, 'people' | 'signInLinks'>
  people: Pick<RecentPeople, 'brands'>
  mail: { send(mail: Mail): Promise<unknown> }
  config: { PUBLIC_URL: string }
  logger: FastifyBaseLogger
  now: () => number
}

/** Lets people in by mail. */
export interface SignInLinks {
  /**
   * Mails a link to whoever has the address, if somebody has. Returns at once, so that nobody learns
   * by the time it takes; a mail that cannot be sent is logged, and can be asked for again.
   */
  ask(email: string, browserSecret: string): void
  /** Invites somebody who has not joined, or invites them again, and says whether the mail left. */
  invite(person: Person): Promise<Invitation>
  /** Tells somebody who has joined that they act for others, too. */
  tellAdded(person: Person): Promise<void>
  /** Resolves when all that was asked for by now was looked at. */
  settled(): Promise<void>
}

export function createSignInLinks(deps: LinkDeps): SignInLinks {
  const { store, people, mail, config, logger, now } = deps
  const asked = new Set<Promise<void>>()
  const page = `${config.PUBLIC_URL}/sign-in`

  async function mailLink(email: string, browserSecret: string): Promise<void> {
    const person = await store.people.findByEmail(email)
    if (!person || !mayComeIn(person, now())) return
    const { personId } = person
    const since = new Date(now() - LINK_LIFE_MS.asked)
    if ((await store.signInLinks.countAsked(personId, since)) >= LINKS_AT_ONCE) {
      logger.warn({ personId }, 'too many links to sign in at once: one was not sent')
      return
    }
    const url = await linkTo(personId, 'asked', {
      browserHash: sha256Hex(browserSecret),
      codeHash: sha256Hex(codeOf(browserSecret)),
    })
    await send('signIn', person, url)
  }

  /** The token is in the fragment, which no server and no log is told. */
  async function linkTo(
    personId: string,
    kind: SignInLinkKind,
    bound: Pick<SignInLink, 'browserHash' | 'codeHash'> = { browserHash: null, codeHash: null },
  ): Promise<string> {
    const token = randomSecret()
    const createdAt = new Date(now())
    const expiresAt = new Date(now() + LINK_LIFE_MS[kind])
    const hash = sha256Hex(token)
    await store.signInLinks.add({ hash, personId, kind, ...bound, createdAt, expiresAt })
    return `${page}#${token}`
  }

  /** True when the mail server took it. */
  async function send(kind: AccountMailKind, person: Person, url: string): Promise<boolean> {
    const { personId, name, email, locale, memberships } = person
    try {
      const brands = [...(await brandNamesOf(memberships, people.brands)).values()]
      await mail.send({
        ...{ to: { name, address: email }, contactId: personId, kind, window: randomSuffix() },
        ...renderAccountMail({ kind, person: { name, locale }, brands, url }),
      })
      return true
    } catch (err) {
      logger.error({ err, personId, kind }, 'a mail about signing in was not sent')
      return false
    }
  }

  return {
    ask(email, browserSecret) {
      const asking: Promise<void> = mailLink(email, browserSecret)
        .catch((err: unknown) => logger.error({ err }, 'a link to sign in could not be made'))
        .finally(() => asked.delete(asking))
      asked.add(asking)
    },

    async invite(person) {
      const { personId } = person
      const expiresAt = new Date(now() + LINK_LIFE_MS.invitation)
      const url = await linkTo(personId, 'invitation')
      const isSent = await send('invitation', person, url)
      const invitation = { expiresAt, mailedAt: isSent ? new Date(now()) : null }
      await store.people.invite(personId, invitation)
      return invitation
    },

    async tellAdded(person) {
      await send('added', person, page)
    },

    async settled() {
      await Promise.all(asked)
    },
  }
}

/** Whether somebody may sign in: they are active, and have joined or may still join. */
export function mayComeIn(
  {
    deactivatedAt,
    joinedAt,
    invitation,
  }: Pick<Person, 'deactivatedAt' | 'joinedAt' | 'invitation'>,
  nowMs: number,
): boolean {
  if (deactivatedAt !== null) return false
  return joinedAt !== null || (invitation !== null && invitation.expiresAt.getTime() > nowMs)
}
