import { type FieldTexts, KEY_ID } from './field.js'

const CREATED_AT = '2026-01-12T08:00:00.000Z'

/** Fields of brands, their contacts and sellers, account managers and API keys. */
export const PEOPLE_FIELDS: FieldTexts = {
  name: { description: 'What it is called, for people.', example: 'Voltbrook' },
  'Contact.name': { description: 'What people call them.', example: 'Product safety' },
  'AccountManager.name': { description: 'What people call them.', example: 'Ana Souza' },
  'ChangedAccountManager.name': { description: 'What people call them.', example: 'Ana Souza' },
  'NewAccountManager.name': { description: 'What people call them.', example: 'Ana Souza' },
  'AccountManagerChanges.name': { description: 'What people call them.', example: 'Ana Souza' },
  'ApiKey.name': { description: 'What the key is for.', example: 'Voltbrook back office' },
  'NewApiKey.name': { description: 'What the key is for.', example: 'Voltbrook back office' },
  'CreatedApiKey.name': { description: 'What the key is for.', example: 'Voltbrook back office' },
  active: {
    description: 'Whether they take part; who does not is told and asked nothing more.',
    example: true,
  },
  brake: { description: 'How many confirmations the brand may give before the next are held.' },
  contacts: { description: 'Who is asked and told for the brand.' },
  contactId: {
    description: 'The contact, by an id of its own in the brand.',
    example: 'product-safety',
  },
  email: { description: 'Where mails go.', example: 'product-safety@voltbrook.example' },
  frequency: {
    description:
      'When mails come: soon, several cases together; each hour; or each working morning.',
    example: 'hourly',
  },
  news: {
    description: 'Whether mails that only tell what became of cases come, too.',
    example: true,
  },
  locale: { description: 'The language of the mails.', example: 'en' },
  accountManagerId: {
    description: 'The account manager, by their id; `null` when there is none.',
    example: 'ana-souza',
  },
  'path.accountManagerId': { description: 'The account manager or lead, by their id.' },
  'AccountManager.accountManagerId': { description: 'The account manager or lead, by their id.' },
  'ChangedAccountManager.accountManagerId': {
    description: 'The account manager or lead, by their id.',
  },
  'NewAccountManager.accountManagerId': { description: 'The id that they get.' },
  'NewBrand.brandId': { description: 'The id that the brand gets.' },
  substituteId: {
    description: 'Who covers for them unless somebody else is named; `null`: nobody.',
    example: 'ben-okafor',
  },
  absence: {
    description: 'The present or next absence; `null` where none is known.',
  },
  coverId: { description: 'Who covers meanwhile, by their id.', example: 'ben-okafor' },
  'Absence.from': { description: 'When it begins.', example: '2026-07-06T00:00:00.000Z' },
  'Absence.until': { description: 'When they are back.', example: '2026-07-20T00:00:00.000Z' },
  'NewAbsence.from': { description: 'When it begins.', example: '2026-07-06T00:00:00.000Z' },
  'NewAbsence.until': { description: 'When they are back.', example: '2026-07-20T00:00:00.000Z' },
  'NewAbsence.coverId': {
    description: 'Who covers meanwhile, in the same role; the substitute where it is absent.',
    example: 'ben-okafor',
  },
  'BrandManager.name': {
    description: 'Who looks after the brand now; `null`: nobody does.',
    example: 'Ben Okafor',
  },
  'BrandManager.coversFor': {
    description: 'The account manager who is away; `null` where it is they themselves.',
    example: 'Ana Souza',
  },
  'BrandManager.until': {
    description: 'When the account manager is back; `null` where it is they themselves.',
    example: '2026-07-20T00:00:00.000Z',
  },
  reassignTo: { example: 'rui-tavares' },
  'AccountManager.role': { description: 'What they do.', example: 'accountManager' },
  'ChangedAccountManager.role': { description: 'What they do.', example: 'accountManager' },
  'NewAccountManager.role': { description: 'What they do.', example: 'accountManager' },
  'AccountManagerChanges.role': { description: 'What they do.', example: 'accountManager' },
  entryId: { description: 'The entry of the list of authorised sellers.', example: 'as-k3v9x2m7' },
  'AuthorisedSeller.sku': {
    description: 'The product it holds for; `null`: all that the seller offers.',
  },
  'NewAuthorisedSeller.sku': {
    description: 'The product it holds for; all that the seller offers where it is absent or null.',
  },
  'query.preview': { example: true },
  'AuthorisedSellerImport.results': { description: 'What became of each line, in their order.' },
  'AuthorisedSellerImport.counts.added': { description: 'New entries.', example: 40 },
  'AuthorisedSellerImport.counts.known': { description: 'Those that were there.', example: 2 },
  'AuthorisedSellerImport.counts.refused': { description: 'Those that cannot be.', example: 1 },
  'AuthorisedSellerImport.ignoredColumns': {
    description: 'Columns that mean nothing here; absent: none.',
    example: ['comment'],
  },
  'AuthorisedSellerImportResult.fields': {
    example: { marketplace: 'lantern-market', sellerId: 'official-shop' },
  },
  'AuthorisedSellerImportResult.problem': { description: 'Why it is not possible.' },
  'AuthorisedSellerImportResult.entry': { description: 'The entry it is, or is to be.' },
  validFrom: { description: 'Since when the seller is authorised.', example: CREATED_AT },
  validUntil: {
    description: 'Until when the seller is authorised; `null`: without end.',
    example: '2027-01-12T08:00:00.000Z',
  },
  createdAt: { description: 'When it was added.', example: CREATED_AT },
  createdBy: { description: 'Who added it, by their API key.', example: KEY_ID },
  keyId: { description: 'The API key, by its id; never the key itself.', example: KEY_ID },
  key: { example: 'jf_live_k7q2m4xa_...' },
  role: { description: 'What its holder is to the service.', example: 'brandAdmin' },
  brandIds: {
    description: 'The brands it may act for, by their ids; `*`: all of them.',
    example: ['voltbrook'],
  },
  marketplaces: {
    description: 'The marketplaces it may report from, by their ids; `*`: all of them.',
    example: ['lantern-market'],
  },
  severityCap: { description: 'The most severe a monitor may suspect.', example: 'S2' },
  monitorName: {
    description:
      'The monitor a monitor’s key is for. All keys of one name take back and repeat each other’s ' +
      'reports; a key without a name does so with its own only.',
    example: 'shelf-watch',
  },
  expiresAt: {
    description: 'When it stops working; `null`: never.',
    example: '2027-01-12T08:00:00.000Z',
  },
  revokedAt: {
    description: 'When it was revoked; `null` when it was not.',
    example: '2026-06-30T16:00:00.000Z',
  },
  lastUsedAt: {
    description: 'When it was last used, to the minute; `null` when never.',
    example: '2026-03-03T14:05:00.000Z',
  },
  revoked: { example: [KEY_ID] },
}
