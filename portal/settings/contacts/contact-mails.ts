import { queryOptions } from '@tanstack/react-query'
import { brandPath } from '../../../client/paths.js'
import type { ContactMails } from '../../../contract/mail-settings.js'
import { api } from '../../data/api.js'

/** How the contacts of a brand get mails, as the brand is at its revision `rev`. */
export function contactMailsQuery(brandId: string, rev: number) {
  return queryOptions({
    queryKey: [...contactMailsKey(brandId), rev],
    queryFn: async () =>
      (await api.get<{ items: ContactMails[] }>(brandPath(brandId, '/mail-settings'))).items,
  })
}

/** Under which all of it is kept. */
export function contactMailsKey(brandId: string): readonly string[] {
  return ['contactMails', brandId]
}
