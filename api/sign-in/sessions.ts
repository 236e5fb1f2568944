import { SESSION_IDLE_MS, sessionEndsAt } from '../../domain/person/session.js'
import { randomSecret, randomSuffix, sha256Hex } from '../../platform/digest.js'
import type { Person, Session, Store } from '../../store/store.js'
import type { RecentPeople } from '../callers/recent-people.js'
import { ApiProblem, notFound } from '../errors.js'
import { mayComeIn } from './links.js'
import type { ProviderAccount } from './open-id-connect.js'

const USER_AGENT_MAX = 300

/** A session and what the browser is given for it; kept nowhere else. */
export interface OpenedSession {
  session: Session
  person: Person
  secret: string
}

/** The browser that somebody signs in with. */
export interface SigningBrowser {
  /** Of whoever was signed in there before: that ends. */
  sessionSecret: string | undefined
  userAgent: string
}

/** What comes with a link that somebody opens. */
export interface Opening extends SigningBrowser {
  token: string
  /** As it is shown where the link was asked for. */
  code: string | undefined
  browserSecret: string | undefined
}

/** Opens and ends sessions. Other processes hear of an end within 5 seconds. */
export interface Sessions {
  /** Uses a link up. Throws `link-spent`, `code-needed` and `wrong-code`. */
  open(opening: Opening): Promise<OpenedSession>
  /** Lets in whom a provider has sent. Throws `sign-in-refused`. */
  openFor(account: ProviderAccount, browser: SigningBrowser): Promise<OpenedSession>
  /**
   * Lets the person act by another membership of theirs. The browser gets another secret, so that no
   * process goes on by what it remembers of the one before. Throws `not-found`.
   */
  actAs(session: Session, membershipId: string): Promise<OpenedSession>
  end(hash: string): Promise<void>
  /** Ends one of a person's; throws `not-found`. */
  endOne(personId: string, sessionId: string): Promise<void>
  /** Does what may end some of a person's, so that this process hears of it at once. */
  ending<T>(personId: string, work: () => Promise<T>): Promise<T>
}

/** `now` gives epoch milliseconds. */
export function createSessions({
  store,
  people,
  now,
}: {
  store: Pick<Store, 'people' | 'sessions' | 'signInLinks'>
  people: Pick<RecentPeople, 'persons' | 'sessions'>
  now: () => number
}): Sessions {
  const { sessions, signInLinks } = store

  async function redeem({ token, code, browserSecret }: Opening): Promise<Person> {
    const proof = {
      browserHash: browserSecret === undefined ? null : sha256Hex(browserSecret),
      codeHash: code === undefined ? null : sha256Hex(code),
    }
    const redeeming = await signInLinks.redeem(sha256Hex(token), proof, new Date(now()))
    switch (redeeming.outcome) {
      case 'redeemed': {
        const person = await store.people.find(redeeming.link.personId)
        if (!person || person.deactivatedAt !== null) throw spent()
        return person
      }
      case 'codeNeeded':
        throw new ApiProblem(
          'code-needed',
          'Send the 6 digits that are shown where the link was asked for as "code".',
        )
      case 'wrongCode': {
        const { triesLeft } = redeeming
        throw new ApiProblem(
          'wrong-code',
          'Look at the 6 digits again that are shown where the link was asked for.',
          { extensions: { triesLeft } },
        )
      }
      case 'spent':
        throw spent()
    }
  }

  async function end(hash: string): Promise<void> {
    await sessions.end(hash)
    people.sessions.forget(hash)
  }

  /** By the identity they are known by; else by an address that the provider has made sure of. */
  async function personOf({ issuer, subject, verifiedEmail }: ProviderAccount): Promise<Person> {
    const known = await store.people.findByIdentity({ issuer, subject })
    if (known && mayComeIn(known, now())) return known
    const email = known ? null : verifiedEmail
    const person = email === null ? null : await store.people.findByEmail(email)
    const isTheirs =
      person !== null &&
      mayComeIn(person, now()) &&
      (await store.people.identify(person.personId, { issuer, subject }))
    if (isTheirs) return person
    throw new ApiProblem(
      'sign-in-refused',
      'Nobody here is known by that account: sign in by mail, or ask who invited you.',
    )
  }

  async function begin(person: Person, browser: SigningBrowser): Promise<OpenedSession> {
    const { personId, memberships, joinedAt } = person
    const [membership] = memberships
    if (!membership) throw spent()
    const at = new Date(now())
    if (joinedAt === null) await store.people.join(personId, at)
    people.persons.forget(personId)
    const secret = randomSecret()
    const session: Session = {
      hash: sha256Hex(secret),
      sessionId: `s-${randomSuffix()}`,
      personId,
      membershipId: membership.membershipId,
      createdAt: at,
      lastSeenAt: at,
      endsAt: new Date(at.getTime() + SESSION_IDLE_MS),
      userAgent: browser.userAgent.slice(0, USER_AGENT_MAX),
    }
    await sessions.create(session)
    if (browser.sessionSecret !== undefined) await end(sha256Hex(browser.sessionSecret))
    return { session, person, secret }
  }

  return {
    end,

    open: async (opening) => begin(await redeem(opening), opening),
    openFor: async (account, browser) => begin(await personOf(account), browser),

    async actAs(before, membershipId) {
      const person = await store.people.find(before.personId)
      const isTheirs = person?.memberships.some((one) => one.membershipId === membershipId)
      if (!person || !isTheirs) throw notFound('membership')
      const secret = randomSecret()
      const endsAt = new Date(sessionEndsAt(before.createdAt.getTime(), now()))
      const changed = { hash: sha256Hex(secret), membershipId, lastSeenAt: new Date(now()), endsAt }
      const session: Session = { ...before, ...changed }
      if (!(await sessions.replace(before.hash, session))) {
        throw new ApiProblem('unauthenticated', 'This session has ended; sign in again.')
      }
      people.sessions.forget(before.hash)
      people.persons.forget(person.personId)
      return { session, person, secret }
    },

    async ending(personId, work) {
      const open = await sessions.listOf(personId, new Date(now()))
      try {
        return await work()
      } finally {
        for (const { hash } of open) people.sessions.forget(hash)
      }
    },

    async endOne(personId, sessionId) {
      const hash = await sessions.endOne(personId, sessionId)
      if (hash === null) throw notFound('session')
      people.sessions.forget(hash)
    },
  }
}

function spent(): ApiProblem {
  return new ApiProblem('link-spent', 'It was used, or is too old: ask for another link.')
}
