import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  discovery,
  fetchUserInfo,
} from 'openid-client'
import { sha256Base64Url } from '../../platform/digest.js'
import type { Identity } from '../../store/store.js'
import { ApiProblem } from '../errors.js'

/** Where people have another account by which they sign in here. */
export interface ProviderSettings {
  issuer: string
  clientId: string
  clientSecret: string
  /** What people call it. */
  name: string
}

/** What a provider says of somebody. */
export interface ProviderAccount extends Identity {
  /** Only where the provider has made sure that it is theirs. */
  verifiedEmail: string | null
}

/** Sign-in by OpenID Connect: authorization code with PKCE. */
export interface OpenIdConnect {
  name: string
  /** Where the browser that has `secret` is sent. Throws `provider-unavailable`. */
  begin(secret: string): Promise<URL>
  /** Whom that browser came back as, with `query`. Throws `sign-in-refused`, `provider-unavailable`. */
  finish(secret: string, query: string): Promise<ProviderAccount>
}

const SCOPE = 'openid email'
const TIMEOUT_S = 10

/** `publicUrl` is where the provider sends browsers back to; it has to know that address. */
export function createOpenIdConnect(
  { issuer, clientId, clientSecret, name }: ProviderSettings,
  publicUrl: string,
): OpenIdConnect {
  const redirectUri = `${publicUrl}/v1/sign-in/provider/return`
  const server = new URL(issuer)
  let found: Promise<Configuration> | undefined

  /** Looked up at the first use, and again after a failure. */
  async function configuration(): Promise<Configuration> {
    // Only on one machine; the setting takes nothing else by plain HTTP.
    const execute = server.protocol === 'http:' ? [allowInsecureRequests] : []
    found ??= discovery(server, clientId, clientSecret, undefined, { execute, timeout: TIMEOUT_S })
    try {
      return await found
    } catch (cause) {
      found = undefined
      throw new ApiProblem('provider-unavailable', `${name} does not answer; try again shortly.`, {
        cause,
      })
    }
  }

  return {
    name,

    async begin(secret) {
      const config = await configuration()
      const { verifier, state, nonce } = partsOf(secret)
      return buildAuthorizationUrl(config, {
        ...{ redirect_uri: redirectUri, scope: SCOPE, state, nonce },
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
    },

    async finish(secret, query) {
      const config = await configuration()
      const { verifier, state, nonce } = partsOf(secret)
      try {
        const tokens = await authorizationCodeGrant(config, new URL(`${redirectUri}?${query}`), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (!claims) throw new Error('there is no ID token')
        const { sub: subject } = claims
        const about =
          claims['email'] === undefined
            ? await fetchUserInfo(config, tokens.access_token, subject)
            : claims
        const email = about['email_verified'] === true ? about['email'] : null
        return { issuer, subject, verifiedEmail: typeof email === 'string' ? email : null }
      } catch (cause) {
        throw new ApiProblem('sign-in-refused', `${name} did not let you in; try again.`, { cause })
      }
    },
  }
}

/** One secret of the browser's, and from it all that the exchange needs: nothing has to be kept here. */
function partsOf(secret: string): { verifier: string; state: string; nonce: string } {
  const part = (what: string) => sha256Base64Url(`${what} of ${secret}`)
  return { verifier: part('verifier'), state: part('state'), nonce: part('nonce') }
}
