/** Reports of one request; the API takes up to 1,000. */
export const BATCH_SIZE = 250

/** What the client is to send: reports `first` to `first + count - 1`. */
export interface BatchOrder {
  apiUrl: string
  key: string
  first: number
  count: number
}

/** What the client says after each batch. */
export interface BatchProgress {
  /** Reports answered for so far. */
  acknowledged: number
  /** The results of this batch. */
  counts: Record<'opened' | 'duplicate' | 'alreadyAnswered' | 'rejected', number>
}
