import type { Client } from '@temporalio/client'
import { GRPC, grpcStatusOf } from './grpc-status.js'

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
          if (grpcStatusOf(error) === GRPC.invalidArgument) return false
          throw error
        },
      ),
    ),
  )
  return names.filter((_, index) => !known[index])
}

/** True of the answer of a server that lets nobody administer it this way, as Temporal Cloud. */
export function isNotForUs(error: unknown): boolean {
  const status = grpcStatusOf(error)
  return status === GRPC.permissionDenied || status === GRPC.unimplemented
}
