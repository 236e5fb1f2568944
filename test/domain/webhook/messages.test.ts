import { describe, expect, it } from '@jest/globals'
import { Compile } from 'typebox/compile'
import { WEBHOOK_MESSAGES } from '../../../contract/webhook-messages.js'
import { HOUR_MS } from '../../../domain/brand/calendar.js'
import { happening } from '../../../domain/case/events.js'
import { dueHappenings } from '../../../domain/case/waiting/due.js'
import { type WebhookType } from '../../../domain/vocabulary.js'
import { caseMessages } from '../../../domain/webhook/body.js'
import {
  answerCase,
  askedAbout,
  buildCase,
  buildDecision,
  type BuiltCase,
  continueCase,
  MONDAY_MS,
} from '../../builders/case.js'

interface Message {
  type: WebhookType
  version: number
  timestamp: string
  data: Record<string, unknown>
}

/** All that is told of a case, first to last. */
function told({ caseId, events, state }: BuiltCase): Message[] {
  const { brandId, marketplace } = state
  return events
    .flatMap((event) => caseMessages({ caseId, brandId, marketplace, event }, 'https://jf.example'))
    .map(({ body }) => JSON.parse(body) as Message)
}

const confirmed = () => {
  const built = buildCase()
  const message = buildDecision(askedAbout(built))
  return answerCase(built, { name: 'decide', message }, MONDAY_MS + HOUR_MS)
}
const ended = (built: BuiltCase, data: Parameters<typeof happening<'closed'>>[1]) =>
  continueCase(built, [happening('closed', data)], MONDAY_MS + 2 * HOUR_MS)

describe('what a brand’s own system is told', () => {
  it('is that it is asked, by when, and where', () => {
    const built = buildCase()
    const [asked, ...others] = told(built)
    expect(others).toEqual([])
    expect(asked).toEqual({
      type: 'case.decision_requested',
      version: 1,
      timestamp: new Date(MONDAY_MS).toISOString(),
      data: {
        ...{ caseId: built.caseId, brandId: 'northwind', marketplace: 'taobao', event: 2 },
        ...{ cause: 'opened', dueAt: new Date(built.state.wait?.dueAt ?? 0).toISOString() },
        url: `https://jf.example/cases/${encodeURIComponent(built.caseId)}`,
      },
    })
  })

  it('is each step of a case that nobody answers', () => {
    let built = buildCase()
    for (let days = 1; days < 30 && built.state.phase !== 'closed'; days++) {
      const at = MONDAY_MS + days * 24 * HOUR_MS
      const due = dueHappenings(built.state, at)
      if (due.length > 0) built = continueCase(built, due, at)
    }
    const types = told(built).map(({ type }) => type)
    expect(types.slice(0, 3)).toEqual([
      ...['case.decision_requested', 'case.reminded', 'case.reminded'],
    ])
    expect(types).toContain('case.escalated')
  })

  it('is a removal, and then the end', () => {
    const removal = { result: 'removed', takedownId: 'td-1', removedAt: MONDAY_MS } as const
    const ending = { outcome: 'takenDown', basis: 'brandConfirmed' } as const
    const all = told(ended(confirmed(), { ending, takedown: removal }))
    expect(all.map(({ type }) => type)).toEqual([
      ...['case.decision_requested', 'case.decided', 'case.taken_down', 'case.closed'],
    ])
    expect(all[1]?.data).toMatchObject({ verdict: 'counterfeit', basis: 'brandConfirmed' })
    expect(all[2]?.data).toMatchObject({ takedownId: 'td-1' })
    expect(all[3]?.data).toMatchObject({ outcome: 'takenDown' })
  })

  it('is nothing of a listing that nobody was asked about', () => {
    const built = ended(buildCase(), { ending: { outcome: 'refused' } })
    expect(told(built).map(({ type }) => type)).toEqual(['case.decision_requested'])
  })

  it('is never what somebody wrote, and always what the contract says', () => {
    const secret = 'nobody else may read this'
    const attention = { reason: 'takedownExhausted', detail: secret, unblock: [] } as const
    const wait = buildCase().state.wait
    if (!wait) throw new Error('a new case waits')
    const noted = continueCase(
      confirmed(),
      [
        happening('noteAdded', { text: secret, audience: 'internal' }),
        happening('attentionNeeded', { attention: { ...attention, unblock: [] }, wait }),
        happening('escalated', { to: 'lead', cause: 'needInfo', wait }),
      ],
      MONDAY_MS + HOUR_MS,
    )
    const ending = { outcome: 'closedManually', reason: secret } as const
    const all = told(ended(noted, { ending }))
    expect(all.map(({ type }) => type)).toEqual([
      ...['case.decision_requested', 'case.decided', 'case.needs_attention', 'case.escalated'],
      'case.closed',
    ])
    expect(JSON.stringify(all)).not.toContain(secret)
    for (const message of all) {
      const { schema } = WEBHOOK_MESSAGES[message.type]
      expect([message, Compile(schema).Check(message)]).toEqual([message, true])
      const known = schema.properties.data.properties
      expect(Object.keys(known)).toEqual(expect.arrayContaining(Object.keys(message.data)))
    }
  })

  it('is said again only when people are, while the service tries by itself', () => {
    const wait = buildCase().state.wait
    if (!wait) throw new Error('a new case waits')
    const attention = { reason: 'takedownExhausted', detail: 'd', unblock: [] } as const
    const needed = (toldAt: number) =>
      happening('attentionNeeded', {
        ...{ attention: { ...attention, unblock: [] }, wait },
        failing: { since: MONDAY_MS, toldAt },
      })
    const at = MONDAY_MS + HOUR_MS
    const quiet = told(continueCase(buildCase(), [needed(MONDAY_MS)], at))
    const loud = told(continueCase(buildCase(), [needed(at)], at))
    expect(quiet).toHaveLength(1)
    expect(loud.at(-1)?.type).toBe('case.needs_attention')
  })
})
