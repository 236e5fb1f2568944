import type fc from 'fast-check'
import type { MessageName } from '../../../domain/vocabulary.js'
import type { CaseDriver } from './case-driver.js'

/**
 * What a step may do to the record: nothing at all (`mayTouch: false`), or whatever the rules allow;
 * and the message it was, when they did not refuse it.
 */
export type Effect = { mayTouch: boolean; applied?: MessageName }

/** The step may leave whatever the rules allow. */
export const ANY: Effect = { mayTouch: true }
/** The step must leave the record as it was. */
export const NONE: Effect = { mayTouch: false }

/** Judges a case after every step; fast-check calls it the model. */
export interface Judge {
  afterStep(driven: CaseDriver, effect: Effect): void
}

/** One thing that happens to a case. Its label is what a failing run prints. */
export class Step implements fc.Command<Judge, CaseDriver> {
  private readonly label: string
  private readonly act: (driven: CaseDriver) => Effect

  constructor(label: string, act: (driven: CaseDriver) => Effect) {
    this.label = label
    this.act = act
  }

  check(): boolean {
    return true
  }

  run(judge: Judge, driven: CaseDriver): void {
    judge.afterStep(driven, this.act(driven))
  }

  toString(): string {
    return this.label
  }
}
