import type { Client } from '@temporalio/client'

/** Of these search attributes, those the client's namespace does not know. */
export async function missingSearchAttributes(
  { connection, workflow, options: { namespace } }: Client,
  names: readonly string[],
): Promise<string[]> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace,
    })
    return names.filter((name) => !customAttributes?.[name])
  } catch (error) {
    if (!isNotForUs(error)) throw error
  }
  // A query may name only attributes that exist, and may be asked everywhere.
  const known = await Promise.all(
    names.map((name) =>
      workflow.count(`${name} IS NOT NULL`).then(
        () => true,
        (error: unknown) => {
          if (codeOf(error) === INVALID_ARGUMENT) return false
          throw error
        },
      ),
    ),
  )
  return names.filter((_, index) => !known[index])
}

const INVALID_ARGUMENT = 3
const PERMISSION_DENIED = 7
const UNIMPLEMENTED = 12

/** True of the answer of a server that lets nobody administer it this way, as Temporal Cloud. */
export function isNotForUs(error: unknown): boolean {
  const code = codeOf(error)
  return code === PERMISSION_DENIED || code === UNIMPLEMENTED
}

/** The gRPC status of a failed call, or of what is behind it. */
function codeOf(error: unknown): number | undefined {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  if (typeof code === 'number') return code
  return cause === undefined ? undefined : codeOf(cause)
}
