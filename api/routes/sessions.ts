import { Type } from 'typebox'
import {
  ActAsSchema,
  OwnSessionsSchema,
  SessionParams,
  SessionSchema,
} from '../../contract/session.js'
import type { Person, Session } from '../../store/store.js'
import type { RouteDeps } from '../deps.js'
import { found } from '../errors.js'
import { presentOwnSession, presentSession } from '../present/session.js'
import { brandNamesOf } from '../sign-in/brand-names.js'
import { type App, callerOf, sessionOf } from './route.js'

const SCOPE = 'session:own'

/** Who is signed in, as what, and where else. */
export function sessionRoutes(app: App, deps: RouteDeps): void {
  const { cookies, sessions, people, store, now } = deps

  const shown = async (session: Session, person: Person) =>
    presentSession(session, person, await brandNamesOf(person.memberships, people.brands))

  app.get(
    '/session',
    {
      config: { scope: SCOPE },
      schema: {
        operationId: 'getSession',
        summary: 'Who is signed in, and as what they act',
        tags: ['Signing in'],
        response: { 200: SessionSchema },
      },
    },
    async (request) => {
      const person = await found('person', people.persons.get(callerOf(request).id))
      return shown(sessionOf(request), person)
    },
  )

  app.delete(
    '/session',
    {
      config: { scope: SCOPE },
      schema: {
        operationId: 'signOut',
        summary: 'Sign out',
        tags: ['Signing in'],
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await sessions.end(sessionOf(request).hash)
      cookies.forgetSession(reply)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/session/membership',
    {
      config: { scope: SCOPE, problems: ['not-found'] },
      schema: {
        operationId: 'actAs',
        summary: 'Act by another membership of the own',
        description: 'The browser gets another cookie; the one before is worth nothing any more.',
        tags: ['Signing in'],
        body: ActAsSchema,
        response: { 200: SessionSchema },
      },
    },
    async (request, reply) => {
      const opened = await sessions.actAs(sessionOf(request), request.body.membershipId)
      cookies.keepSession(reply, opened.secret)
      return shown(opened.session, opened.person)
    },
  )

  app.get(
    '/sessions',
    {
      config: { scope: SCOPE },
      schema: {
        operationId: 'listSessions',
        summary: 'List where one is signed in',
        tags: ['Signing in'],
        response: { 200: OwnSessionsSchema },
      },
    },
    async (request) => {
      const current = sessionOf(request)
      const own = await store.sessions.listOf(current.personId, new Date(now()))
      return { items: own.map((session) => presentOwnSession(session, current)) }
    },
  )

  app.delete(
    '/sessions',
    {
      config: { scope: SCOPE },
      schema: {
        operationId: 'endOtherSessions',
        summary: 'Sign out everywhere else',
        description: 'They end within 5 seconds.',
        tags: ['Signing in'],
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { personId, hash } = sessionOf(request)
      await sessions.ending(personId, () => store.sessions.endOthers(personId, hash))
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/sessions/:sessionId',
    {
      config: { scope: SCOPE, problems: ['not-found'] },
      schema: {
        operationId: 'endSession',
        summary: 'Sign out somewhere',
        description: 'It ends within 5 seconds.',
        tags: ['Signing in'],
        params: SessionParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { personId, sessionId } = sessionOf(request)
      await sessions.endOne(personId, request.params.sessionId)
      if (request.params.sessionId === sessionId) cookies.forgetSession(reply)
      return reply.code(204).send(null)
    },
  )
}
