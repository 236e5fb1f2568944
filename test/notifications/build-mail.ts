import type { ShownListing } from '../../domain/listing/listing.js'
import type { CaseLine, MailInput } from '../../notifications/render.js'

/** A case as a brand is asked about it; `changes` name what matters to the test. */
export function buildCaseLine({
  listing,
  ...changes
}: Partial<Omit<CaseLine, 'listing'>> & { listing?: Partial<ShownListing> } = {}): CaseLine {
  return {
    caseId: 'case~mercadolivre~MLB-3921~hp~k3v9qm2xw7a4b',
    brandName: 'HP',
    marketplace: 'mercadolivre',
    listingId: 'MLB-3921',
    listingUrl: 'https://shop.example/listings/MLB-3921',
    listing: {
      title: 'Kit 2 Cartuchos HP 664XL Preto + Colorido Original Lacrado',
      seller: { id: 'seller-118' },
      price: { amount: 65.73, currency: 'BRL' },
      units: 2,
      pictures: [],
      ...listing,
    },
    severity: 'S2',
    whySuspicious: [
      'Price per unit is 38 % of the suggested price (R$ 172,90)',
      'The seller has 4 completed sales',
    ],
    alsoSeen: ['The marketplace calls it an official store'],
    whyUnverifiable: 'The pictures are the maker’s own; only the maker can check the packaging.',
    dueAt: '2026-11-25T10:00:00Z',
    timeZone: 'Asia/Shanghai',
    ifSilent: 'platformDecides',
    answerUrl: 'https://ipr.example/answer/a1.eyJjYXNlIjoxfQ.mac',
    ...changes,
  }
}

/** A mail to a member of the brand about one case it is asked about. */
export function buildMailInput(
  changes: Partial<Omit<MailInput, 'contact'>> & { contact?: Partial<MailInput['contact']> } = {},
): MailInput {
  return {
    kind: 'asked',
    cases: [buildCaseLine()],
    ...changes,
    contact: {
      contactId: 'contact-41',
      name: 'Wei Zhang',
      role: 'brandMember',
      locale: 'en',
      ...changes.contact,
    },
  }
}
