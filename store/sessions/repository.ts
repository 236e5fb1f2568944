/** Somebody who is signed in, in one browser. */
export interface Session {
  /** SHA-256 of the secret in the browser's cookie; the secret itself is stored nowhere. */
  hash: string
  /** Names it to its person. */
  sessionId: string
  personId: string
  /** What they act as. */
  membershipId: string
  createdAt: Date
  lastSeenAt: Date
  /** When it ends unless it is used meanwhile. */
  endsAt: Date
  /** What the browser says it is. */
  userAgent: string
}

/** The sessions of people who are signed in. */
export interface SessionRepository {
  find(hash: string): Promise<Session | null>
  create(session: Session): Promise<void>
  /** Puts `session` in the place of the one behind `hash`; `false` where that has ended. */
  replace(hash: string, session: Session): Promise<boolean>
  /** Remembers its use, at most once a minute. */
  touch(session: Session, at: Date): Promise<void>
  /** Those of a person that have not ended by then, the latest first. */
  listOf(personId: string, at: Date): Promise<Session[]>
  end(hash: string): Promise<void>
  /** Ends one of a person's; `null` where there is none such. Gives its hash. */
  endOne(personId: string, sessionId: string): Promise<string | null>
  /** Ends all of a person's but one. */
  endOthers(personId: string, hash: string): Promise<void>
}
