import type { CaseFilter, Store } from '../../store/store.js'

/** A filter as it was given, and as the store takes it: with all pictures that look like the one that is named. */
export async function withAlikePictures<F extends { picture?: string }>(
  { pictureHashes }: Pick<Store, 'pictureHashes'>,
  { picture, ...filter }: F,
): Promise<Omit<F, 'picture'> & Pick<CaseFilter, 'picture'>> {
  return {
    ...filter,
    ...(picture === undefined ? {} : { picture: await pictureHashes.alike(picture) }),
  }
}
