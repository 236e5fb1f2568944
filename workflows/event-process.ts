import {
  allHandlersFinished,
  condition,
  log,
  patched,
  setCurrentDetails,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow'
import type { SearchAttributeUpdatePair } from '@temporalio/common'
import { firstWithin } from '../domain/form/size.js'
import { type RecordTrouble, troubleDetails } from '../domain/record/conflict.js'
import {
  idOf,
  type ProcessEvent,
  type ProcessKind,
  type ProcessState,
  recordOn,
  type Unnumbered,
} from '../domain/record/record.js'
import type { Saved } from './activity-failures.js'
import { DeadlineTimer } from './deadline-timer.js'
import {
  pauseAfterConflict,
  pauseAfterFailure,
  takenOver,
  type Troubled,
} from './record-trouble.js'
import { SEARCH_ATTRIBUTES } from './search-attributes.js'

/** What follows from something in a state of the process. */
export type Rule<State, Event extends ProcessEvent> = (state: State) => Unnumbered<Event>[]

/** A record, as a run takes it over. */
export interface TakenOver<State, Event> {
  /** All events; of a long record the last. */
  events: Event[]
  /** The state before `events`; absent when they begin with the first. */
  before?: State
}

/** What every run of a recorded process may be started with. */
export interface ProcessInput {
  /**
   * Set when it goes on from its record: why its workflow had ended, which is noted there, or `null`
   * when its history had only become long.
   */
  continued?: string | null
  /** Length of the history at which it continues as new; by default when Temporal suggests it. */
  continueAfterEvents?: number
}

/** Temporal takes no payload above 2 MB; a single event is at most a quarter of that. */
const MAX_SAVED_BYTES = 500_000

/**
 * A recorded process in memory: its state, what is not saved yet, its timer, and what Temporal shows
 * of it. `run` is its life: take the record over, then save, tell and take steps until it has ended
 * with everything saved and told. What a kind adds are its rules, its activities and its words.
 */
export abstract class EventProcess<
  State extends ProcessState,
  Event extends ProcessEvent,
> implements Troubled {
  state: State
  timesAsked = 0
  readonly timer = new DeadlineTimer()
  private unsaved: Event[] = []
  /** Messages behind `unsaved`, with the revision each led to. */
  private accepted: { rev: number; rule: Rule<State, Event> }[] = []
  /** What came before the record was taken over. */
  private waiting: (() => void)[] = []
  private shownAttributes = ''
  private trouble: RecordTrouble | null = null
  private conflicts = 0
  private failures = 0
  private readonly kind: ProcessKind<State, Event>
  private readonly given: ProcessInput
  private readonly unopened: State

  /** `unopened`: the state before the first event. */
  constructor(kind: ProcessKind<State, Event>, unopened: State, input: ProcessInput) {
    this.kind = kind
    this.unopened = unopened
    this.state = unopened
    this.given = input
  }

  /** Opens the record or reads it; `failed` says why neither can be. */
  protected abstract readRecord(): Promise<TakenOver<State, Event> | { failed: string }>
  protected abstract saveEvents(events: Event[]): Promise<Saved>
  abstract verifyRecord(): Promise<string | null>
  /** Puts a note about its workflow on record. */
  protected abstract noted(text: string): Unnumbered<Event>[]
  /** When something is due next, and what that is called in the Temporal UI; `null`: nothing is. */
  protected abstract nextDeadline(): { at: number; summary: string } | null
  /** What follows when that instant has come. */
  protected abstract dueHappenings(state: State, now: number): Unnumbered<Event>[]
  /** What the Temporal UI shows of it, as Markdown, */
  protected abstract details(): string
  /** and finds it by; while `isTroubled`, its phase is `needsAttention`. */
  protected abstract attributes(): SearchAttributeUpdatePair[]
  /** The update by which somebody has it try again what keeps it from going on. */
  protected abstract readonly retriedBy: string
  /** The next run goes on from the record. */
  protected abstract goOnAsNew(): Promise<never>

  /** An event came to be: what follows from it beside the record. */
  protected happened(_event: Event): void {}
  /** The record of this very run was opened, or read again. */
  protected opened(_last: Event): void {}
  /** The record was taken over, and what had waited for it applied. */
  protected tookOver(): void {}
  /** Before a step and before a message: what an older version left that no rule can work with. */
  mend(): void {}
  /** Begins to tell what has become known since, beside the main path. */
  protected tell(): void {}
  /** Whether everything is told, as far as it is known. */
  protected get isTold(): boolean {
    return true
  }
  /** For a process that has ended: resolves with everything told or handed over. */
  protected async finishTelling(): Promise<void> {
    await condition(() => this.isTold)
  }

  get isOpening(): boolean {
    return this.state.rev === 0
  }
  get isEnded(): boolean {
    return this.kind.isEnded(this.state)
  }
  get isSaved(): boolean {
    return this.unsaved.length === 0
  }
  get isTroubled(): boolean {
    return this.trouble !== null
  }

  /** Its whole life. `step` does what is to be done next, or rests; it is called with all saved. */
  async run(step: () => Promise<void>): Promise<void> {
    this.resume(await takenOver(this, () => this.readRecord()))
    this.showTrouble(null)
    this.waiting.splice(0).forEach(applySafely)
    this.tookOver()
    do {
      while (!this.isEnded) {
        this.mend()
        await this.save()
        if (this.isSaved && !this.isEnded) await step()
      }
      await this.save()
      await this.finishTelling()
      // A message that is being applied may lead to events, and to something to tell.
      await condition(allHandlersFinished)
    } while (!this.isEnded || !this.isSaved || !this.isTold)
  }

  /**
   * Until a message changes it or its next deadline is due, which is then applied. Where its history
   * has become long it goes on as new instead.
   */
  async rest(): Promise<void> {
    if (!this.isLong || !this.isTold) return this.wait()
    await condition(allHandlersFinished)
    if (this.isSaved) await this.goOnAsNew()
  }

  /** The same, whatever the length of its history. */
  async wait(): Promise<void> {
    const deadline = this.nextDeadline()
    const { rev } = this.state
    if (deadline && deadline.at > Date.now()) {
      this.timer.arm(deadline)
      await condition(() => this.state.rev !== rev || this.timer.hasFired)
    } else if (!deadline) {
      await condition(() => this.state.rev !== rev)
    }
    if (this.state.rev === rev) this.apply((state) => this.dueHappenings(state, Date.now()))
  }

  /** Applies a message, and remembers it until what follows from it is saved. */
  accept(rule: Rule<State, Event>): void {
    this.apply(rule)
    this.accepted.push({ rev: this.state.rev, rule })
  }

  /** Records what follows from something in the present state. */
  apply(rule: Rule<State, Event>): void {
    this.mend()
    this.dispatch(rule(this.state))
  }

  /** Records what happened: numbered, applied, to be saved and told. */
  protected dispatch(happenings: readonly Unnumbered<Event>[]): void {
    if (happenings.length === 0) return
    const { state, events } = recordOn(this.kind, this.state, happenings, Date.now())
    this.state = state
    this.unsaved.push(...events)
    for (const event of events) this.happened(event)
    this.showDetails()
  }

  /** Applies a signal, once there is a record; one that does not fit must not stop the process. */
  whenOpened(apply: () => void): void {
    if (this.isOpening) this.waiting.push(apply)
    else applySafely(apply)
  }

  /** Somebody asks to try again what keeps it from going on. */
  tryAgain(): void {
    if (this.isTroubled && patched('troubleShown')) this.timesAsked++
  }

  /** Shows what keeps it from going on, or, with `null`, that nothing does any more. */
  showTrouble(shown: Omit<RecordTrouble, 'since'> | null): void {
    const { trouble, isOpening } = this
    if (shown?.kind === trouble?.kind && shown?.detail === trouble?.detail) return
    this.trouble = shown && { since: trouble?.since ?? Date.now(), ...shown }
    this.showDetails()
    // Before there is a record nothing is known but what it was started with.
    if (!isOpening) this.showAttributes()
    if (!patched('troubleShown')) return
    upsertMemo({ trouble: shown?.detail ?? null })
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.Trouble, value: shown?.kind ?? null },
      ...(isOpening ? [{ key: SEARCH_ATTRIBUTES.CasePhase, value: 'needsAttention' }] : []),
    ])
  }

  protected showDetails(): void {
    const { trouble, kind, unopened, retriedBy } = this
    const named = { noun: kind.noun, id: idOf(kind, unopened), retriedBy }
    setCurrentDetails(trouble ? troubleDetails(named, trouble) : this.details())
  }

  private get isLong(): boolean {
    const { continueAsNewSuggested, historyLength } = workflowInfo()
    const { continueAfterEvents = Infinity } = this.given
    return continueAsNewSuggested || historyLength >= continueAfterEvents
  }

  /** Takes over what was opened, or the record of the run this one goes on from. */
  private resume({ events, before = this.unopened }: TakenOver<State, Event>): void {
    this.state = events.reduce(this.kind.evolve, before)
    const { continued } = this.given
    const last = events.at(-1)
    if (continued === undefined) {
      if (last) this.opened(last)
    } else if (continued !== null) {
      this.note(continued)
    }
    this.showDetails()
  }

  /**
   * Goes on from the record, which holds other events than this run would write: it was reset.
   * What was accepted from somebody meanwhile is applied to the process as it really stands.
   */
  private startOver({ events, before = this.unopened }: TakenOver<State, Event>): void {
    const { accepted } = this
    this.state = events.reduce(this.kind.evolve, before)
    this.unsaved = []
    this.accepted = []
    this.note(`the workflow was reset; the ${this.kind.noun} goes on from its record`)
    for (const { rule } of accepted) this.accept(rule)
    this.showDetails()
    this.tookOver()
  }

  private note(text: string): void {
    if (!this.isEnded) this.dispatch(this.noted(text))
  }

  /** Shows, tells and saves what has happened; what the record refuses is tried again later. */
  private async save(): Promise<void> {
    this.showAttributes()
    this.tell()
    if (this.isSaved) return
    const result = await this.saveEvents(this.toSave())
    if ('conflict' in result) {
      this.startOver(await takenOver(this, () => this.readRecord()))
      await pauseAfterConflict(this, ++this.conflicts, result.conflict)
    } else if ('failed' in result) {
      await pauseAfterFailure(this, ++this.failures, result.failed)
    } else {
      this.conflicts = 0
      this.failures = 0
      this.showTrouble(null)
      const { savedRev } = result
      this.unsaved = this.unsaved.filter(({ seq }) => seq > savedRev)
      this.accepted = this.accepted.filter(({ rev }) => rev > savedRev)
    }
  }

  /** The events to save now, as many as one payload holds. They stay unsaved until that succeeds. */
  private toSave(): Event[] {
    const part = firstWithin(this.unsaved, MAX_SAVED_BYTES)
    const isAll = part.length === this.unsaved.length
    return isAll || patched('savedInParts') ? part : [...this.unsaved]
  }

  /** One batched upsert when something a manager filters by has changed. */
  private showAttributes(): void {
    const pairs = this.attributes()
    const shown = JSON.stringify(pairs.map(({ value }) => value))
    if (shown === this.shownAttributes) return
    this.shownAttributes = shown
    upsertSearchAttributes(pairs)
  }
}

// Anyone can send a signal from the Temporal UI; one that does not fit must not stop the process.
function applySafely(apply: () => void): void {
  try {
    apply()
  } catch (error) {
    log.warn('a signal that does not fit was ignored', { error })
  }
}
