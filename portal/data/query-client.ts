import { QueryClient } from '@tanstack/react-query'

/** What the server said, for all screens. Failed requests are repeated by the client below it. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: 5_000, gcTime: 5 * 60_000 },
    mutations: { retry: false },
  },
})
