import type { Static } from 'typebox'
import { webhookPath } from '../../../client/paths.js'
import type {
  DeliverySchema,
  WebhookSchema,
  WebhookWithSecretSchema,
} from '../../../contract/webhook.js'
import { pagesQuery } from '../../data/pages.js'

/** An endpoint as the API shows it. */
export type Endpoint = Static<typeof WebhookSchema>
/** The one time its secret is shown. */
export type EndpointWithSecret = Static<typeof WebhookWithSecretSchema>
/** A message to it. */
export type Delivery = Static<typeof DeliverySchema>

/** The endpoints of a brand. */
export const endpointsQuery = (brandId: string) =>
  pagesQuery<Endpoint>(['webhooks', brandId], webhookPath(brandId))

/** What was sent to one of them, the latest first. */
export const deliveriesQuery = ({ brandId, endpointId }: Endpoint) =>
  pagesQuery<Delivery>(
    ['webhookDeliveries', endpointId],
    `${webhookPath(brandId, endpointId)}/deliveries`,
  )

/** What an endpoint is called: its host. */
export function hostOf({ url }: Endpoint): string {
  return new URL(url).host
}
