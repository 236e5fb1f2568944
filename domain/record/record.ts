// What any recorded process is: events, numbered without gaps, and the state they lead to. A case is
// one; everything that keeps, continues or repairs records knows no more of them than this.

/** One entry of a record. `seq` starts at 1 and has no gaps; `at` (epoch ms) never decreases. */
export interface ProcessEvent {
  seq: number
  at: number
  type: string
  /** Who did it; `id` never is a mail address. */
  by: { role: string; id: string; via: string }
  data: unknown
  /** Id of the request it was the first to follow from. */
  request?: string
}

/** What the events so far lead to. */
export interface ProcessState {
  /** Number of the last event: the revision. 0 before the first. */
  rev: number
  /** Instant (epoch ms) of the last event. */
  updatedAt: number
  /** Whose it is, and where: what a caller's scope is compared with. */
  brandId: string
  marketplace: string
}

/** An event before it gets its number and its instant. */
export type Unnumbered<Event extends ProcessEvent> = Event extends ProcessEvent
  ? Omit<Event, 'seq' | 'at'>
  : never

/** What a kind of recorded process is called, and where one of them is found. */
export interface ProcessNames {
  /** Type of the workflow that writes the record. */
  workflowType: string
  /** One of them, as people are told of it: "case". */
  noun: string
  /** What its id is called in its state, its record, and the memo of its workflow. */
  idName: string
  /** The workflow that writes the record; `null` for text that is no id of this kind. */
  workflowIdOf: (id: string) => string | null
}

/** A kind of recorded process: its names, and its rules for what an event does. */
export interface ProcessKind<
  State extends ProcessState,
  Event extends ProcessEvent,
> extends ProcessNames {
  idName: string & keyof State
  /** Type of the event that every record begins with. */
  beginsWith: Event['type']
  /** The state before the first event. */
  unopened: (id: string, first: Event) => State
  /** The state after `event`; throws `UnknownEvent` for one of a type it does not know. */
  evolve: (state: State, event: Event) => State
  isEnded: (state: State) => boolean
}

/** An event of a type these rules do not know: a later version of the service wrote it. */
export class UnknownEvent extends Error {
  override name = 'UnknownEvent'
}

/** Names the event and what to do, for whoever cannot apply it. */
export function unknownEvent(noun: string, id: string, { seq, type }: ProcessEvent): UnknownEvent {
  return new UnknownEvent(
    `${noun} ${id}: event ${seq} is of the unknown type ${JSON.stringify(type)}; it was written by ` +
      'a later version of Joint-Force, run that one (docs/operations.md, Upgrades)',
  )
}

/** The id of the process whose state it is. */
export function idOf<State extends ProcessState>(
  { idName }: { idName: string & keyof State },
  state: State,
): string {
  return String(state[idName])
}

/** Numbers what happened and applies it. Instants never decrease, whatever the caller's clock does. */
export function recordOn<State extends ProcessState, Event extends ProcessEvent>(
  { evolve }: Pick<ProcessKind<State, Event>, 'evolve'>,
  state: State,
  happenings: readonly Unnumbered<Event>[],
  now: number,
): { state: State; events: Event[] } {
  const events: Event[] = []
  let current = state
  for (const what of happenings) {
    const at = Math.max(now, current.updatedAt)
    const event = { seq: current.rev + 1, at, ...what } as unknown as Event
    current = evolve(current, event)
    events.push(event)
  }
  return { state: current, events }
}

/** The state that a complete list of events, from the first on, stands for. */
export function replay<State extends ProcessState, Event extends ProcessEvent>(
  kind: ProcessKind<State, Event>,
  id: string,
  events: readonly Event[],
): State {
  const [first] = events
  if (first?.type !== kind.beginsWith) {
    throw new Error(`${kind.noun} ${id}: the first event is not "${kind.beginsWith}"`)
  }
  return events.reduce((state, event) => kind.evolve(state, event), kind.unopened(id, first))
}
