/**
 * Every way a request can fail, by its stable code. A code is never reused for something else;
 * clients decide by `code`, people read `title` and `detail`. docs/api.md lists what to do.
 */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request does not fit the contract' },
  'malformed-body': { status: 400, title: 'The body cannot be parsed' },
  'invalid-cursor': { status: 400, title: 'The cursor does not belong to this list' },
  unauthenticated: { status: 401, title: 'A valid API key or session is needed' },
  'missing-scope': { status: 403, title: 'This role may not use this operation' },
  'beyond-reach': { status: 403, title: 'It reaches further than the key' },
  'brand-inactive': { status: 403, title: 'The brand takes no part at present' },
  'foreign-page': { status: 403, title: 'It did not come from a page of this service' },
  'code-needed': { status: 403, title: 'The link was asked for in another browser' },
  'sign-in-refused': { status: 403, title: 'The provider’s account lets nobody in' },
  'wrong-code': { status: 403, title: 'The code is another one' },
  'not-allowed-for-role': { status: 403, title: 'This role may not do this to the case' },
  'not-found': { status: 404, title: 'There is nothing by that name' },
  'method-not-allowed': { status: 405, title: 'This method is not available here' },
  'already-decided': { status: 409, title: 'Someone decided first' },
  'already-exists': { status: 409, title: 'The id is taken' },
  'last-admin': { status: 409, title: 'The brand would have no administrator' },
  'last-operator': { status: 409, title: 'Nobody could administer any more' },
  'too-many-keys': { status: 409, title: 'The brand has as many keys as it may have' },
  'too-many-webhooks': { status: 409, title: 'The brand has as many endpoints as it may have' },
  'webhook-disabled': { status: 409, title: 'Nothing is sent to this endpoint' },
  'replay-running': { status: 409, title: 'A replay of the endpoint is under way' },
  'already-reopened': { status: 409, title: 'The case was reopened before' },
  'case-open': { status: 409, title: 'The case is open' },
  'other-content': { status: 409, title: 'The id was used for something else' },
  'external-id-conflict': { status: 409, title: 'The external id names another listing' },
  'case-superseded': { status: 409, title: 'Another case of this listing is running' },
  'still-needed': { status: 409, title: 'Brands, people or open cases depend on them' },
  'listing-changed': { status: 409, title: 'The listing is no longer the one answered about' },
  'picture-differs': { status: 409, title: 'The address shows another picture' },
  'still-opening': { status: 409, title: 'The case is still being opened' },
  'link-spent': { status: 410, title: 'The link lets nobody in any more' },
  'case-closed': { status: 410, title: 'The case is closed' },
  'cursor-expired': { status: 410, title: 'The cursor is older than what is kept' },
  'stale-revision': { status: 412, title: 'It was changed by someone else' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'This content type is not accepted here' },
  'unknown-brand': { status: 422, title: 'No brand by that id takes part' },
  'invalid-message': { status: 422, title: 'The message lacks something' },
  'invalid-value': { status: 422, title: 'A value cannot be used' },
  'not-allowed-now': { status: 422, title: 'Not possible in the present phase' },
  'if-match-required': { status: 428, title: 'If-Match is needed' },
  'too-many-streams': { status: 429, title: 'The key has as many open streams as it may have' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  'picture-unavailable': { status: 502, title: 'The picture cannot be had' },
  'case-interrupted': { status: 503, title: 'The process of this case was stopped' },
  'webhooks-unavailable': { status: 503, title: 'This service sends no webhooks' },
  'no-answer-in-time': { status: 503, title: 'Not confirmed in time' },
  overloaded: { status: 503, title: 'The service is overloaded' },
  'provider-unavailable': { status: 503, title: 'The provider of accounts does not answer' },
  'record-unavailable': { status: 503, title: 'The record cannot be read at the moment' },
  'workflows-unavailable': { status: 503, title: 'Cases cannot be reached at the moment' },
} as const satisfies Record<string, { status: number; title: string }>
export type ProblemCode = keyof typeof PROBLEMS

/** The media type of a problem document. */
export const PROBLEM_TYPE = 'application/problem+json'

/** One place of a request that does not fit, by JSON pointer. */
export interface FieldError {
  pointer: string
  message: string
}
