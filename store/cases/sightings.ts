import { type ClientSession, type Connection, Schema } from 'mongoose'
import type { CaseState } from '../../domain/case/state.js'
import { DOCUMENT_OPTIONS, insertAsTheyAre, required } from '../documents.js'
import { oneOf } from '../scope.js'
import type { SightingClaim } from '../store.js'

interface SightingDocument extends Omit<SightingClaim, 'sightingId'> {
  /** The sighting's id: that two cases cannot both insert it is the claim. */
  _id: string
  claimedAt: Date
}

const sightingSchema = new Schema<SightingDocument>(
  {
    _id: required(String),
    caseId: required(String),
    marketplace: required(String),
    listingId: required(String),
    claimedAt: required(Date),
  },
  DOCUMENT_OPTIONS,
)

export type Sightings = ReturnType<typeof sightingsOf>

/** Which case each sighting belongs to. */
export function sightingsOf(connection: Connection) {
  const model = connection.model<SightingDocument>('Sighting', sightingSchema, 'sightings')

  async function claimOf(sightingId: string, session?: ClientSession) {
    const found = await model
      .findById(sightingId)
      .session(session ?? null)
      .lean<SightingDocument>()
    return found && toClaim(found)
  }

  /** Claims a sighting for a case; fails with a duplicate key where it is claimed already. */
  async function claimAnew(
    session: ClientSession,
    { caseId, marketplace, listing }: CaseState,
    { sightingId, at }: { sightingId: string; at: number },
  ): Promise<SightingClaim> {
    const claim = { _id: sightingId, caseId, marketplace, listingId: listing?.listingId ?? '' }
    await insertAsTheyAre(session, model, [{ ...claim, claimedAt: new Date(at) }])
    return toClaim({ ...claim, claimedAt: new Date(at) })
  }

  return {
    claimOf: (sightingId: string): Promise<SightingClaim | null> => claimOf(sightingId),

    async claimsOf(sightingIds: readonly string[]): Promise<Map<string, SightingClaim>> {
      const found = await model.find({ _id: oneOf(sightingIds) }).lean<SightingDocument[]>()
      return new Map(found.map((document) => [document._id, toClaim(document)]))
    },

    /** Claims a sighting for a case unless it is claimed, and returns whose it is. */
    async claim(
      session: ClientSession,
      state: CaseState,
      sighting: { sightingId: string; at: number },
    ): Promise<SightingClaim> {
      const earlier = await claimOf(sighting.sightingId, session)
      if (earlier) return earlier
      return claimAnew(session, state, sighting)
    },

    claimAnew,
  }
}

function toClaim({ _id, caseId, marketplace, listingId }: SightingDocument): SightingClaim {
  return { sightingId: _id, caseId, marketplace, listingId }
}
