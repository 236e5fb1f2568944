import { messageOf } from '../../platform/message-of.js'

/** One thing `doctor` looks at. */
export interface Check {
  name: string
  /** Says what it found. Throws `Unhealthy`, or whatever the thing looked at throws. */
  look: () => Promise<string>
  /** What to do when it throws something else than `Unhealthy`. */
  remedy: string
}

/** What was found is not as it must be; `remedy` says what to do. */
export class Unhealthy extends Error {
  override readonly name = 'Unhealthy'
  readonly remedy: string

  constructor(message: string, remedy: string) {
    super(message)
    this.remedy = remedy
  }
}

/** What a check came to; `remedy` where it failed. */
export interface Finding {
  name: string
  ok: boolean
  detail: string
  remedy?: string
}

/** Looks, and never throws. */
export async function finding({ name, look, remedy }: Check): Promise<Finding> {
  try {
    return { name, ok: true, detail: await look() }
  } catch (error) {
    return {
      name,
      ok: false,
      detail: messageOf(error),
      remedy: error instanceof Unhealthy ? error.remedy : remedy,
    }
  }
}
