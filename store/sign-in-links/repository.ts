import type { SignInLinkKind } from '../../domain/vocabulary.js'

/** What lets a person in, once. */
export interface SignInLink {
  /** SHA-256 of the token in the link; the token itself is stored nowhere. */
  hash: string
  personId: string
  kind: SignInLinkKind
  /** SHA-256 of the secret of the browser that asked for it; `null` lets any browser use it. */
  browserHash: string | null
  /** SHA-256 of the code that browser shows; with it any browser may use the link. */
  codeHash: string | null
  createdAt: Date
  expiresAt: Date
}

/** What comes with the token of a link. */
export interface LinkProof {
  browserHash: string | null
  codeHash: string | null
}

/** What became of a link that somebody wants to use. */
export type Redeeming =
  | { outcome: 'redeemed'; link: SignInLink }
  /** It was asked for in another browser, and no code came with it. Nothing was used up. */
  | { outcome: 'codeNeeded' }
  | { outcome: 'wrongCode'; triesLeft: number }
  /** There is no such link, or no longer. */
  | { outcome: 'spent' }

/** The links that let people in. */
export interface SignInLinkRepository {
  /** Keeps a link. An invitation takes the place of earlier ones. */
  add(link: SignInLink): Promise<void>
  /** How many a person has asked for since then and not used. */
  countAsked(personId: string, since: Date): Promise<number>
  /** Uses a link up, if what comes with it is right. Of any number at once one is let in. */
  redeem(hash: string, proof: LinkProof, at: Date): Promise<Redeeming>
}
