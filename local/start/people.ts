import type { ApiClient } from '../../client/client.js'
import { type HandedLink, handOutLink } from '../../cli/sign-in-link.js'
import { createStore } from '../../store/create-store.js'
import { ACCOUNT_MANAGER, LEAD } from '../world/people.js'
import type { World } from '../world/open-world.js'
import { HP, VOLTBROOK } from './tenants.js'

const ofBrand = (role: 'brandAdmin' | 'brandMember', brandId: string) => [
  { role, brandIds: [brandId] },
]

/** Those who sign in, each with what they do. Every name here is invented. */
const PEOPLE = [
  {
    name: 'Clara Nunes',
    email: HP.brand.contact.email,
    memberships: ofBrand('brandAdmin', HP.brand.brandId),
  },
  {
    name: 'Davi Rocha',
    email: 'davi.rocha@hp.example',
    memberships: ofBrand('brandMember', HP.brand.brandId),
  },
  {
    name: 'Lena Vogt',
    email: VOLTBROOK.brand.contact.email,
    memberships: ofBrand('brandAdmin', VOLTBROOK.brand.brandId),
  },
  ...[ACCOUNT_MANAGER, LEAD].map(({ name, email, role, accountManagerId }) => ({
    ...{ name, email, accountManagerId },
    memberships: [{ role }],
  })),
  {
    name: 'Iris Campos',
    email: 'iris.campos@marketplace.example',
    memberships: [{ role: 'operator' }],
  },
]

/** Invites those who are not there yet. */
export async function invitePeople(operator: ApiClient): Promise<void> {
  for (const person of PEOPLE) await operator.post('/people', { ...person, locale: 'en' })
}

/** A link to sign in for each of them who is there, with what they do. */
export async function linksForAll(urls: World['urls']): Promise<{ who: string; url: string }[]> {
  const store = createStore({ uri: urls.mongodb })
  const who = ({ name }: HandedLink, { role, brandIds }: { role: string; brandIds?: string[] }) =>
    [name, role, ...(brandIds ?? [])].join(', ')
  try {
    const links = []
    for (const { email, memberships } of PEOPLE) {
      const about = { email, publicUrl: urls.api, nowMs: Date.now() }
      const link = await handOutLink(store, about)
      const [membership] = memberships
      if (link && membership) links.push({ who: who(link, membership), url: link.url })
    }
    return links
  } finally {
    await store.close()
  }
}
