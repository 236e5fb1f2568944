import type { FieldTexts } from './field.js'

const brandId = {
  description: 'The brand within which all see it; `null`: only whoever saved it.',
  example: 'voltbrook',
}
const name = { description: 'What it is called, for people.', example: 'Chargers, safety first' }
const search = {
  description: 'The query of the address in the portal, without `?`.',
  example: 'view=open&severity=S1&text=charger',
}

/** Fields of views that were saved. */
export const SAVED_VIEW_FIELDS: FieldTexts = {
  viewId: { description: 'The view.', example: 'v-k3v9x2m7q4ta' },
  'SavedView.name': name,
  'NewSavedView.name': name,
  'SavedViewChanges.name': name,
  'SavedView.search': search,
  'NewSavedView.search': search,
  'SavedViewChanges.search': search,
  'SavedView.brandId': brandId,
  'NewSavedView.brandId': brandId,
  'SavedViewChanges.brandId': brandId,
  isOwn: { description: 'Whether the caller saved it.', example: true },
  ownerName: {
    description: 'Who saved it, where the caller may see that.',
    example: 'Mei Chen',
  },
  mayChange: {
    description: 'Whether the caller may change and remove it: as who saved it, or administrator.',
    example: true,
  },
}
