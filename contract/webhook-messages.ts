import { type TProperties, Type } from 'typebox'
import {
  ATTENTION_REASONS,
  BASES,
  OUTCOMES,
  OWNERS,
  RELEASE_REASONS,
  ROLES,
  STAFF_ROLES,
  VERDICTS,
  WEBHOOK_TEST,
  type WebhookType,
} from '../domain/vocabulary.js'
import { WEBHOOK_VERSION } from '../domain/webhook/messages.js'
import { Instant, Named, Word } from './common.js'

const about = {
  caseId: Type.String(),
  brandId: Type.String(),
  marketplace: Type.String(),
  event: Type.Integer({
    minimum: 1,
    description: 'The number of the event in the record of the case.',
    examples: [2],
  }),
  url: Type.String({
    description: 'The case in the portal.',
    examples: ['https://joint-force.example.com/cases/case~lantern-market~LM-48213'],
  }),
}

function message(type: WebhookType, title: string, data: TProperties) {
  return Named(
    title,
    Type.Object({
      type: Type.Literal(type, { description: 'What happened.', examples: [type] }),
      version: Type.Literal(WEBHOOK_VERSION, {
        description: 'Of what it says; a field that changes its meaning makes another one.',
        examples: [WEBHOOK_VERSION],
      }),
      timestamp: Type.String({
        ...Instant,
        description: 'When it happened.',
        examples: ['2026-03-02T09:30:00.000Z'],
      }),
      data: Type.Object(data, { description: 'Which case it is about, and what happened.' }),
    }),
  )
}

function aboutCase(type: WebhookType, title: string, data: TProperties) {
  return message(type, title, { ...about, ...data })
}

/** What is sent to a brand's own system, by type. Further fields may come with any release. */
export const WEBHOOK_MESSAGES: Readonly<
  Record<WebhookType, { summary: string; schema: ReturnType<typeof message> }>
> = {
  'case.decision_requested': {
    summary: 'The brand is asked whether a listing infringes',
    schema: aboutCase('case.decision_requested', 'DecisionRequestedMessage', {
      cause: Word(['opened', 'returned', 'reopened'], 'Why it is asked.'),
      dueAt: Instant,
    }),
  },
  'case.reminded': {
    summary: 'Whoever has the turn was reminded',
    schema: aboutCase('case.reminded', 'RemindedMessage', {
      owner: Word(OWNERS, 'Whose turn it is.'),
      number: Type.Integer({
        minimum: 1,
        description: 'Which reminder of this wait it was.',
        examples: [1],
      }),
    }),
  },
  'case.escalated': {
    summary: 'Somebody of the platform has the turn',
    schema: aboutCase('case.escalated', 'EscalatedMessage', {
      to: Word(STAFF_ROLES, 'Who has the turn now.'),
      cause: Word(['silence', 'unsure', 'needInfo', 'unreachable'], 'Why.'),
      dueAt: Instant,
    }),
  },
  'case.decided': {
    summary: 'Somebody has decided',
    schema: aboutCase('case.decided', 'DecidedMessage', {
      decisionId: Type.String(),
      verdict: Word(VERDICTS),
      basis: Word(BASES),
      role: Word([...ROLES, 'system'], 'What whoever decided is to the service.'),
    }),
  },
  'case.taken_down': {
    summary: 'The marketplace has removed the listing',
    schema: aboutCase('case.taken_down', 'TakenDownMessage', {
      takedownId: Type.Optional(
        Type.String({
          description: 'The removal, as its marketplace calls it.',
          examples: ['td-20260303-7719'],
        }),
      ),
      removedAt: Type.Optional(
        Type.String({
          ...Instant,
          description: 'When the marketplace says that it was removed.',
          examples: ['2026-03-03T14:16:00.000Z'],
        }),
      ),
    }),
  },
  'case.closed': {
    summary: 'The case has ended',
    schema: aboutCase('case.closed', 'ClosedMessage', {
      outcome: Word(OUTCOMES, 'How it ended.'),
      basis: Type.Optional(Word(BASES)),
      releaseReason: Type.Optional(Word(RELEASE_REASONS, 'Why the listing may stay.')),
    }),
  },
  'case.needs_attention': {
    summary: 'The case does not go on by itself',
    schema: aboutCase('case.needs_attention', 'NeedsAttentionMessage', {
      reason: Word(ATTENTION_REASONS, 'What keeps it from going on.'),
    }),
  },
  'case.reopened': {
    summary: 'A closed case was taken up again in this one',
    schema: aboutCase('case.reopened', 'ReopenedMessage', {
      reopens: Type.String({
        description: 'The closed case.',
        examples: ['case~lantern-market~LM-48213~voltbrook~k3v9x2m7q4ta'],
      }),
    }),
  },
  [WEBHOOK_TEST]: {
    summary: 'Somebody tries the endpoint out',
    schema: message(WEBHOOK_TEST, 'TestMessage', {
      brandId: Type.String(),
      endpointId: Type.String(),
    }),
  },
}
