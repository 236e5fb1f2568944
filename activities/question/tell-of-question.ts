import { ApplicationFailure } from '@temporalio/activity'
import { shownListing } from '../../domain/case/shown.js'
import { brandRecipient, ON_CALL, staffRecipient } from '../../domain/notice/recipients.js'
import { isPersonId } from '../../domain/person/identity.js'
import type { QuestionState } from '../../domain/question/question.js'
import type { QuestionMailKind } from '../../domain/vocabulary.js'
import { MailError } from '../../notifications/mail-error.js'
import { type QuestionMailInput, renderQuestionMail } from '../../notifications/question-mail.js'
import { type Brand, EVERYTHING } from '../../store/store.js'
import type { ActivityDependencies } from '../dependencies.js'
import { whileBeating } from '../while-beating.js'

/** What is told of a question: to the account manager, to the lead, to whoever asked. */
export interface ToldOfQuestion {
  questionId: string
  what: 'asked' | 'passedOn' | 'answered'
}

interface Addressee {
  contactId: string
  email: string
  contact: QuestionMailInput['contact']
}

const KINDS: Record<ToldOfQuestion['what'], QuestionMailKind> = {
  ...{ asked: 'questionAsked', passedOn: 'questionPassedOn', answered: 'questionAnswered' },
}

/**
 * Tells of a question by mail, as it is on record now; of what is past, nothing. Gives why nobody could
 * be told, or `null`. What may pass is thrown and retried.
 */
export function createTellOfQuestion({
  store,
  mail,
  publicUrl,
  onCall,
}: Pick<ActivityDependencies, 'store' | 'mail' | 'publicUrl' | 'onCall'>) {
  return async function tellOfQuestion(told: ToldOfQuestion): Promise<string | null> {
    const { questionId, what } = told
    const row = await store.questions.get(EVERYTHING, questionId)
    if (!row) throw ApplicationFailure.retryable(`${questionId} is not saved yet`, 'RecordBehind')
    const { state } = row
    if (what === 'answered' && !state.answer) {
      throw ApplicationFailure.retryable(
        `the answer of ${questionId} is not saved yet`,
        'RecordBehind',
      )
    }
    if (what !== 'answered' && state.answer) return null
    const brand = await store.brands.find(EVERYTHING, state.brandId)
    const addressees = await addresseesOf(told, state, brand)
    if (addressees.length === 0) return 'there is nobody to tell'
    const about = state.caseId ? await titleOf(state.caseId) : null
    const answer = state.answer && {
      text: state.answer.text,
      by: await nameOf(state.answer.by.id, state),
    }
    let refused: string | null = null
    for (const { contactId, email, contact } of addressees) {
      const rendered = renderQuestionMail({
        ...{ kind: KINDS[what], contact, about, question: state.text },
        brand: brand?.name ?? state.brandId,
        dueAt: what === 'asked' ? state.dueAt : null,
        answer: what === 'answered' ? answer : null,
        url: `${publicUrl}/questions?open=${encodeURIComponent(questionId)}`,
      })
      try {
        await whileBeating(() =>
          mail.send({
            to: { name: contact.name, address: email },
            ...{ contactId, kind: KINDS[what], window: questionId, ...rendered },
          }),
        )
      } catch (error) {
        if (!(error instanceof MailError) || error.kind !== 'refused') throw error
        refused = error.message
      }
    }
    return refused
  }

  async function addresseesOf(
    { what }: ToldOfQuestion,
    { accountManagerId, leadId, askedBy }: QuestionState,
    brand: Brand | null,
  ): Promise<Addressee[]> {
    if (what === 'asked') return staff(accountManagerId)
    if (what === 'passedOn') {
      const lead = await staff(leadId)
      return lead.length > 0 || !onCall ? lead : [onCallAt(onCall)]
    }
    const timeZone = brand?.calendar.timeZone ?? 'UTC'
    const person = askedBy && isPersonId(askedBy.id) ? await store.people.find(askedBy.id) : null
    if (person && !person.deactivatedAt) {
      const { personId, email, name, locale } = person
      return [{ contactId: personId, email, contact: { name, locale, timeZone } }]
    }
    // A key asked, or somebody who has left: the brand hears of it.
    return (brand?.contacts ?? []).map(({ contactId, email, name, locale }) => ({
      ...{ contactId: brandRecipient(brand?.brandId ?? '', contactId), email },
      contact: { name, locale, timeZone },
    }))
  }

  /** Whoever acts in the place of an account manager or lead now. */
  async function staff(accountManagerId: string | null): Promise<Addressee[]> {
    if (accountManagerId === null) return []
    const person = await store.accountManagers.inCharge(accountManagerId, Date.now())
    if (!person?.active) return []
    const { email, name, locale, calendar } = person
    const contactId = staffRecipient(person.accountManagerId)
    return [{ contactId, email, contact: { name, locale, timeZone: calendar.timeZone } }]
  }

  async function titleOf(caseId: string): Promise<string | null> {
    const row = await store.cases.get(EVERYTHING, caseId)
    return (row && shownListing(row.state)?.title) ?? null
  }

  async function nameOf(id: string, { accountManagerId }: QuestionState): Promise<string> {
    if (isPersonId(id)) return (await store.people.find(id))?.name ?? id
    const manager = accountManagerId ? await store.accountManagers.find(accountManagerId) : null
    return manager?.name ?? id
  }
}

function onCallAt(email: string): Addressee {
  const contact = { name: 'On call', locale: 'en', timeZone: 'UTC' } as const
  return { contactId: ON_CALL, email, contact }
}
