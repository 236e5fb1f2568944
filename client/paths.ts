/** Path of a case, below `/v1`. */
export function casePath(caseId: string, rest = ''): string {
  return `/cases/${encodeURIComponent(caseId)}${rest}`
}

/** Path of a brand, below `/v1`. */
export function brandPath(brandId: string, rest = ''): string {
  return `/brands/${encodeURIComponent(brandId)}${rest}`
}

/** Path of the endpoints of a brand, or of one of them, below `/v1`. */
export function webhookPath(brandId: string, endpointId?: string): string {
  const one = endpointId === undefined ? '' : `/${encodeURIComponent(endpointId)}`
  return brandPath(brandId, `/webhooks${one}`)
}

/** Path of the genuine products of a brand, or of one of them, below `/v1`. */
export function referencePath(brandId: string, referenceId?: string): string {
  const one = referenceId === undefined ? '' : `/${encodeURIComponent(referenceId)}`
  return brandPath(brandId, `/references${one}`)
}

/** Path of a marketplace, below `/v1`. */
export function marketplacePath(marketplace: string, rest = ''): string {
  return `/marketplaces/${encodeURIComponent(marketplace)}${rest}`
}
