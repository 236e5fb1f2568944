import { personIdOf } from '../../domain/person/identity.js'
import { IdPageQuery, IfMatchHeaders, PageOf } from '../../contract/common.js'
import {
  NewPersonSchema,
  PersonChangesSchema,
  PersonParams,
  PersonSchema,
} from '../../contract/person.js'
import { randomSuffix } from '../../platform/digest.js'
import type { Person, PersonChanges } from '../../store/store.js'
import type { ApiCaller } from '../callers/caller.js'
import { mayHandle } from '../callers/reach.js'
import { changedMemberships } from '../checks/memberships.js'
import { checkOperatorFields, checkWhole, isOwn, isSame } from '../checks/people.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, found, notFound } from '../errors.js'
import { etagOf, revisionOf } from '../http/etag.js'
import { readPage } from '../http/page.js'
import { presentPerson } from '../present/person.js'
import { type App, callerOf } from './route.js'

/** Many, so that whoever handles few of many memberships does not cost a query for each. */
const READ_AT_ONCE = 500
/** What says who somebody is, on every membership they have. */
const OWN_FIELDS = ['name', 'email', 'locale', 'accountManagerId'] as const

/** The people who sign in: an operator's business; a brand's administrator looks after the brand's. */
export function peopleRoutes(app: App, deps: RouteDeps): void {
  const { store, people, standing, signInLinks, sessions, now } = deps

  app.get(
    '/people',
    {
      config: { scope: 'people:read' },
      schema: {
        operationId: 'listPeople',
        summary: 'List people, those who were deactivated among them',
        tags: ['People'],
        querystring: IdPageQuery,
        response: { 200: PageOf(PersonSchema) },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      return readPage(
        request.query,
        (page) => ownPeople(caller, page),
        ({ personId }) => personId,
        (person) => presentPerson(person, caller),
      )
    },
  )

  app.post(
    '/people',
    {
      config: {
        scope: 'people:manage',
        problems: ['invalid-value', 'not-allowed-for-role', 'already-exists', 'stale-revision'],
      },
      schema: {
        operationId: 'invitePerson',
        summary: 'Invite somebody, or let somebody who signs in already act for more',
        description:
          'Who has the address already keeps name and language, gets the memberships as well and is ' +
          'told so (200). `invitation.mailedAt` says whether the mail left; `inviteAgain` sends another.',
        tags: ['People'],
        body: NewPersonSchema,
        response: { 200: PersonSchema, 201: PersonSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { memberships: given, accountManagerId = null, ...about } = request.body
      const memberships = await changedMemberships(caller, [], given, people.brands)
      await checkActing(caller, memberships)
      checkOperatorFields(caller, accountManagerId === null ? {} : { accountManagerId })
      await checkAccountManager(accountManagerId)
      const before = await store.people.findByEmail(about.email)
      if (before) {
        const person = await addTo(before, memberships)
        return presentPerson(person, caller)
      }
      const created = await store.people.create({
        ...{ ...about, personId: personIdOf(randomSuffix()), memberships, accountManagerId },
        ...{ identities: [], invitation: null, joinedAt: null, deactivatedAt: null },
        ...{ createdAt: new Date(now()), createdBy: caller.id },
      })
      const person = { ...created, invitation: await signInLinks.invite(created) }
      return reply
        .code(201)
        .header('location', `/v1/people/${person.personId}`)
        .header('etag', etagOf(person.rev))
        .send(presentPerson(person, caller))
    },
  )

  app.get(
    '/people/:personId',
    {
      config: { scope: 'people:read', problems: ['not-found'] },
      schema: {
        operationId: 'getPerson',
        summary: 'Read a person',
        tags: ['People'],
        params: PersonParams,
        response: { 200: PersonSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const person = await ownPerson(caller, request.params.personId)
      return reply.header('etag', etagOf(person.rev)).send(presentPerson(person, caller))
    },
  )

  app.patch(
    '/people/:personId',
    {
      config: {
        scope: 'people:manage',
        problems: [
          ...(['not-found', 'invalid-value', 'not-allowed-for-role', 'beyond-reach'] as const),
          ...(['last-admin', 'already-exists', 'if-match-required', 'stale-revision'] as const),
        ],
      },
      schema: {
        operationId: 'changePerson',
        summary: 'Change a person, or what they may be',
        description:
          '`memberships` are those within your reach, whole; others stay. Sessions of one that is ' +
          'gone end within 5 seconds. Address and account manager are an operator’s to change.',
        tags: ['People'],
        params: PersonParams,
        headers: IfMatchHeaders,
        body: PersonChangesSchema,
        response: { 200: PersonSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { memberships: given, ...about } = request.body
      const before = await ownPerson(caller, request.params.personId)
      const rev = revisionOf(request.headers['if-match'])
      if (OWN_FIELDS.some((field) => field in about)) checkWhole(caller, before)
      checkOperatorFields(caller, about)
      await checkAccountManager(about.accountManagerId ?? null)
      const memberships =
        given && (await changedMemberships(caller, before.memberships, given, people.brands))
      if (memberships?.length === 0) {
        throw new ApiProblem('invalid-value', 'Deactivate whoever is to have no membership at all.')
      }
      await checkActing(caller, [...before.memberships, ...(memberships ?? [])])
      const changes = { ...about, ...(memberships ? { memberships } : {}) }
      const person = await change(before.personId, rev, changes)
      return reply.header('etag', etagOf(person.rev)).send(presentPerson(person, caller))
    },
  )

  app.post(
    '/people/:personId/deactivate',
    {
      config: {
        scope: 'people:manage',
        problems: ['not-found', 'beyond-reach', 'last-admin'],
      },
      schema: {
        operationId: 'deactivatePerson',
        summary: 'Let somebody in no more',
        description:
          'Their sessions end within 5 seconds, and links lead nowhere. What they did stays in ' +
          'their name, as that of a former one. API keys they made go on working.',
        tags: ['People'],
        params: PersonParams,
        response: { 200: PersonSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const before = await ownPerson(caller, request.params.personId)
      checkWhole(caller, before)
      await checkActing(caller, before.memberships)
      if (before.deactivatedAt !== null) return presentPerson(before, caller)
      const changes = { deactivatedAt: new Date(now()) }
      return presentPerson(await change(before.personId, null, changes), caller)
    },
  )

  app.post(
    '/people/:personId/reactivate',
    {
      config: { scope: 'people:manage', problems: ['not-found', 'beyond-reach'] },
      schema: {
        operationId: 'reactivatePerson',
        summary: 'Let somebody in again who was deactivated',
        tags: ['People'],
        params: PersonParams,
        response: { 200: PersonSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const before = await ownPerson(caller, request.params.personId)
      checkWhole(caller, before)
      await checkActing(caller, before.memberships)
      return presentPerson(await change(before.personId, null, { deactivatedAt: null }), caller)
    },
  )

  app.post(
    '/people/:personId/invite',
    {
      config: { scope: 'people:manage', problems: ['not-found', 'not-allowed-now'] },
      schema: {
        operationId: 'inviteAgain',
        summary: 'Send another invitation to somebody who has not come yet',
        tags: ['People'],
        params: PersonParams,
        response: { 200: PersonSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const person = await ownPerson(caller, request.params.personId)
      await checkActing(caller, person.memberships)
      if (person.joinedAt !== null || person.deactivatedAt !== null) {
        throw new ApiProblem(
          'not-allowed-now',
          'They have signed in before, or were deactivated; they ask for a link to sign in, or are ' +
            'reactivated.',
        )
      }
      return presentPerson({ ...person, invitation: await signInLinks.invite(person) }, caller)
    },
  )

  async function change(personId: string, rev: number | null, changes: PersonChanges) {
    const changing = () => store.people.change(personId, rev, changes)
    const person = await found('person', sessions.ending(personId, changing))
    people.persons.forget(personId)
    return person
  }

  /** Gives somebody who is known what they lack of `memberships`. */
  async function addTo(before: Person, memberships: Person['memberships']): Promise<Person> {
    if (before.deactivatedAt !== null) {
      throw new ApiProblem(
        'already-exists',
        'Somebody deactivated has this address; ask an operator.',
      )
    }
    const missing = memberships.filter((one) => !before.memberships.some((has) => isSame(has, one)))
    if (missing.length === 0) return before
    const all = [...before.memberships, ...missing]
    const person = await change(before.personId, before.rev, { memberships: all })
    if (person.joinedAt === null) return { ...person, invitation: await signInLinks.invite(person) }
    await signInLinks.tellAdded({ ...person, memberships: missing })
    return person
  }

  async function ownPerson(caller: ApiCaller, personId: string): Promise<Person> {
    const person = await store.people.find(personId)
    if (!person || !isOwn(caller, person)) throw notFound('person')
    return person
  }

  /** People may have several tenants, so they are read and filtered until a page is full. */
  async function ownPeople(
    caller: ApiCaller,
    { limit, after }: { limit: number; after?: string },
  ): Promise<Person[]> {
    const own: Person[] = []
    for (let from = after; own.length < limit;) {
      const page = { limit: READ_AT_ONCE, ...(from === undefined ? {} : { after: from }) }
      const read = await store.people.list(caller, page)
      own.push(...read.filter((person) => isOwn(caller, person)))
      from = read.at(-1)?.personId
      if (read.length < READ_AT_ONCE) break
    }
    return own.slice(0, limit)
  }

  async function checkActing(caller: ApiCaller, memberships: Person['memberships']): Promise<void> {
    const own = memberships.filter((membership) => mayHandle(caller, membership))
    const brandIds = own.flatMap((one) => (one.brandIds === '*' ? [] : one.brandIds))
    await standing.checkActing(caller.role, brandIds)
  }

  async function checkAccountManager(accountManagerId: string | null): Promise<void> {
    if (accountManagerId === null) return
    if (await people.managers.get(accountManagerId)) return
    throw new ApiProblem(
      'invalid-value',
      `There is no account manager or lead "${accountManagerId}"; add them first.`,
    )
  }
}
