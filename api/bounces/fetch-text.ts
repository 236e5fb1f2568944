const WITHIN_MS = 5_000
const MAX_LENGTH = 64 * 1024

/** The text at an address that was found to be the provider's; it may not lead elsewhere. */
export async function fetchText(address: URL): Promise<string> {
  const response = await fetch(address, {
    redirect: 'error',
    signal: AbortSignal.timeout(WITHIN_MS),
  })
  if (!response.ok) throw new Error(`${address.hostname} answered ${response.status}`)
  return (await response.text()).slice(0, MAX_LENGTH)
}
