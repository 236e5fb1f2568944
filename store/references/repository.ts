import type { Price } from '../../domain/listing/listing.js'
import type { TenantScope } from '../tenant-scope.js'

/** A picture of a genuine product, by the hash of its bytes as they were given. */
export interface ReferencePicture {
  sha256: string
  /** 64 bits in hex; those of alike pictures differ in few. */
  phash: string
  width: number
  height: number
}

/** A genuine product of a brand, to be shown beside what claims to be one. `rev` makes its ETag. */
export interface Reference {
  referenceId: string
  brandId: string
  name: string
  skus: string[]
  words: string[]
  /** What tells it from others, a line each. */
  features: string[]
  suggestedPrice: Price | null
  /** Marks and other rights, in the words of the brand. */
  rights: string | null
  pictures: ReferencePicture[]
  rev: number
  updatedAt: Date
}

/** What of a reference people write. */
export type ReferenceFields = Pick<
  Reference,
  'name' | 'skus' | 'words' | 'features' | 'suggestedPrice' | 'rights'
>

/** The genuine products of brands. A brand outside the scope is as if absent. */
export interface References {
  list(
    scope: TenantScope,
    brandId: string,
    page: { limit: number; after?: string },
  ): Promise<Reference[]>
  find(scope: TenantScope, brandId: string, referenceId: string): Promise<Reference | null>
  /** `false` when the brand has as many as it may; throws `AlreadyExists`. */
  add(reference: Reference, most: number): Promise<boolean>
  /** Changes the named fields if `rev` is still current; throws `StaleRevision`. `null` = unknown. */
  update(
    scope: TenantScope,
    brandId: string,
    referenceId: string,
    rev: number,
    changes: Partial<ReferenceFields> & { updatedAt: Date },
  ): Promise<Reference | null>
  /**
   * Adds a picture, once however often; `full` when there are as many as there may be, `null` = unknown.
   */
  addPicture(
    scope: TenantScope,
    brandId: string,
    referenceId: string,
    picture: ReferencePicture,
    { most, at }: { most: number; at: Date },
  ): Promise<Reference | 'full' | null>
  /** The reference without it; `null` when there is no such picture. */
  removePicture(
    scope: TenantScope,
    brandId: string,
    referenceId: string,
    sha256: string,
    at: Date,
  ): Promise<Reference | null>
  remove(scope: TenantScope, brandId: string, referenceId: string): Promise<boolean>
  /** Whether one of them shows this picture. */
  show(scope: TenantScope, sha256: string): Promise<boolean>
}
