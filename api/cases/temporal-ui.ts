import type { ApiDeps } from '../deps.js'

/** Where the workflow of a case is shown to whoever runs the service; `null` where no UI is known. */
export function temporalUiUrl(
  { TEMPORAL_UI_URL = '', TEMPORAL_NAMESPACE = '' }: ApiDeps['config'],
  workflowId: string,
): string | null {
  if (TEMPORAL_UI_URL === '') return null
  const namespace = encodeURIComponent(TEMPORAL_NAMESPACE)
  const base = TEMPORAL_UI_URL.replace(/\/+$/, '')
  return `${base}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`
}
