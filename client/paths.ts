/** Path of a case, below `/v1`. */
export function casePath(caseId: string, rest = ''): string {
  return `/cases/${encodeURIComponent(caseId)}${rest}`
}

/** Path of a brand, below `/v1`. */
export function brandPath(brandId: string, rest = ''): string {
  return `/brands/${encodeURIComponent(brandId)}${rest}`
}
