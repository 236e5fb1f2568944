import { type FieldTexts } from './field.js'

/** Fields of genuine products. */
export const REFERENCE_FIELDS: FieldTexts = {
  referenceId: { description: 'The genuine product.', example: 'ref-k3v9x2m7q4ta' },
  'Reference.name': { description: 'What the product is called.', example: 'Fast charger 65 W' },
  'NewReference.name': { description: 'What the product is called.', example: 'Fast charger 65 W' },
  'ReferenceChanges.name': {
    description: 'What the product is called.',
    example: 'Fast charger 65 W',
  },
  skus: { description: 'The brand’s numbers of it.', example: ['VB-CHG-65'] },
  words: {
    description: 'It fits a listing whose title has all of them.',
    example: ['charger', '65 W'],
  },
  features: {
    description:
      'What tells it from others, a line each, to be looked for on the pictures of a listing.',
    example: ['Four screws below the label', 'Serial number engraved, not printed'],
  },
  rights: {
    description:
      'Marks and other rights in it, in the words of the brand; `null` where it says none.',
    example: 'VOLTBROOK, word mark, EUTM 012345678',
  },
  'Reference.pictures': { description: 'Its pictures, in the order in which they were added.' },
  width: { description: 'In pixels, as it was given.', example: 1200 },
  height: { description: 'In pixels, as it was given.', example: 900 },
  'FittingReference.by': {
    description: 'Why it fits: its number, the words of the title, or a picture.',
  },
  'FittingReference.distance': { example: 6 },
  'FittingReference.reference': { description: 'The genuine product.' },
  'PictureAddress.url': {
    description: 'Where the picture is.',
    example: 'https://voltbrook.example/charger-65.jpg',
  },
  'PictureForm.picture': { example: '(the bytes of a picture)' },
}
