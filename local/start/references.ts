import { createApiClient } from '../../client/client.js'
import { brandPath } from '../../client/paths.js'
import type { NewReference, PresentedReference } from '../../contract/reference.js'
import { drawPicture } from '../../sandbox/drawing.js'
import type { World } from '../world/open-world.js'
import { HP, VOLTBROOK } from './tenants.js'

/** Genuine products to compare listings with. What is said of them is made up, and so are their pictures. */
const REFERENCES: Record<string, readonly NewReference[]> = {
  [HP.brand.brandId]: [
    {
      name: 'HP 664 black ink cartridge (demo)',
      ...{ skus: ['F6V29AL'], words: ['664', 'preto'] },
      suggestedPrice: { amount: 69.9, currency: 'BRL' },
      features: [
        'Demo: the label lies straight on the shell',
        'Demo: three contacts in one row',
        'Demo: the box is sealed, with a number on the seal',
      ],
      rights: 'Demo: word mark of the brand',
    },
    {
      name: 'HP 664 ink cartridge (demo)',
      words: ['664', 'cartucho'],
      features: ['Demo: three contacts in one row', 'Demo: the box is sealed'],
    },
  ],
  [VOLTBROOK.brand.brandId]: [
    {
      name: 'Voltbrook Pebble 30 charger (invented)',
      ...{ skus: ['VB-P30-W'], words: ['voltbrook', 'charger'] },
      suggestedPrice: { amount: 29.9, currency: 'EUR' },
      features: [
        'One port only',
        'The serial number is engraved, not printed',
        'The safety mark is raised',
      ],
      rights: 'VOLTBROOK, an invented word mark',
    },
  ],
}

/** Adds those that are not there yet, each with a picture. */
export async function addReferences({ urls }: Pick<World, 'urls'>, key: string): Promise<void> {
  const operator = createApiClient(urls.api, key)
  for (const [brandId, references] of Object.entries(REFERENCES)) {
    const path = brandPath(brandId, '/references')
    const known = await operator.list<PresentedReference>(path, {}, 'after')
    for (const reference of references) {
      const there = known.find(({ name }) => name === reference.name)
      const { referenceId, pictures } =
        there ?? (await operator.post<PresentedReference>(path, reference))
      if (pictures.length > 0) continue
      const drawn = await drawPicture({
        ...{ marketplace: brandId, listingId: reference.name },
        title: brandId === HP.brand.brandId ? 'cartucho' : 'charger',
      })
      await sendPicture(`${urls.api}/v1${path}/${referenceId}/pictures`, key, drawn)
    }
  }
}

async function sendPicture(url: string, key: string, png: Uint8Array): Promise<void> {
  const form = new FormData()
  form.set('picture', new Blob([new Uint8Array(png)], { type: 'image/png' }))
  const headers = { authorization: `Bearer ${key}` }
  const answer = await fetch(url, { method: 'POST', headers, body: form })
  if (!answer.ok) throw new Error(`a picture was not taken: ${await answer.text()}`)
}
