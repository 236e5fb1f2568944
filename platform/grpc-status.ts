/** gRPC statuses that mean something to us. */
export const GRPC = {
  invalidArgument: 3,
  notFound: 5,
  permissionDenied: 7,
  failedPrecondition: 9,
  unimplemented: 12,
} as const

/** The gRPC status of a failed call, or of what is behind it. */
export function grpcStatusOf(error: unknown): number | undefined {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  if (typeof code === 'number') return code
  return cause === undefined ? undefined : grpcStatusOf(cause)
}
