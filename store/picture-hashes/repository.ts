/** What pictures look like. They are of no tenant: who shows one is a question to the cases. */
export interface PictureHashRepository {
  /** Keeps the perceptual hash (64 bits as hex) of a picture; that of an empty picture tells nothing. */
  keep(picture: { sha256: string; phash: string }): Promise<void>
  /** The picture, and at most 99 others that look like it; alone while nobody has looked at it. */
  alike(sha256: string): Promise<string[]>
}
