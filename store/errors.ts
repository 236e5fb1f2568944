/** Thrown when a row was changed by somebody else since it was read (HTTP 412). */
export class StaleRevision extends Error {
  override name = 'StaleRevision'
}
/** Thrown when an id to be created exists (HTTP 409). */
export class AlreadyExists extends Error {
  override name = 'AlreadyExists'
}
