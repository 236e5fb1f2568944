import { ApiProblem } from '../errors.js'

/** A strong entity tag for a revision. */
export function etagOf(rev: number): string {
  return `"${rev}"`
}

/**
 * The revision a change is based on, from its `If-Match` header. Throws `if-match-required` when
 * there is none and `stale-revision` for a tag that is none of ours.
 */
export function revisionOf(ifMatch: string | undefined): number {
  if (ifMatch === undefined) {
    throw new ApiProblem('if-match-required', 'Send the ETag of what you read as If-Match.')
  }
  const rev = /^"(\d{1,9})"$/.exec(ifMatch.trim())?.[1]
  if (rev === undefined) {
    throw new ApiProblem('stale-revision', 'If-Match is no ETag of ours; read it again.')
  }
  return Number(rev)
}
