import { isGrpcServiceError } from '@temporalio/client'

/** gRPC statuses that mean something to us. */
export const GRPC = {
  invalidArgument: 3,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unimplemented: 12,
} as const

/** What Temporal answered to a failed call, also where its client wraps that; `null` if nothing. */
export function grpcAnswerOf(error: unknown): { status: number; message: string } | null {
  for (let e = error; e instanceof Error; e = e.cause) {
    if (isGrpcServiceError(e)) return { status: Number(e.code), message: e.message }
  }
  return null
}

/** The gRPC status alone. */
export function grpcStatusOf(error: unknown): number | null {
  return grpcAnswerOf(error)?.status ?? null
}
