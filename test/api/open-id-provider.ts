import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** What the provider of the tests says of somebody, by their id there. */
export type Accounts = Record<string, { email: string; email_verified: boolean }>

/** A real provider of OpenID Connect on loopback, with its own sign-in pages. */
export interface TestProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** Signs `account` in there as a browser does, and gives the address it is sent back to. */
  signIn(address: string, account: string): Promise<string>
  stop(): Promise<void>
}

const REDIRECTS = 10
const LIFE_S = 600

/** `accounts` may change while it runs. `returnTo`: where it sends browsers back to. */
export async function startProvider(accounts: Accounts, returnTo: string): Promise<TestProvider> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = { clientId: 'joint-force', clientSecret: 'a secret of the tests' }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: client.clientId, client_secret: client.clientSecret },
        ...{ redirect_uris: [returnTo], response_types: ['code'] },
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['a key of the tests'] },
    // What it would warn of is given; that it keeps everything in memory is what a test wants.
    jwks: { keys: [privateKey.export({ format: 'jwk' })] },
    ttl: {
      Interaction: LIFE_S,
      Session: LIFE_S,
      Grant: LIFE_S,
      AccessToken: LIFE_S,
      IdToken: LIFE_S,
    },
    pkce: { required: () => true },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, ...accounts[id] }),
    }),
  })
  const handle = provider.callback()
  server.on('request', (request, response) => void handle(request, response))

  return {
    issuer,
    ...client,
    async signIn(address, account) {
      const jar = new Map<string, string>()
      const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const visit = async (url: string, form?: Record<string, string>) => {
        const answer = await fetch(url, {
          redirect: 'manual',
          headers: { cookie: cookies() },
          ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
        })
        for (const cookie of answer.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
          jar.set(name, value)
        }
        const next = answer.headers.get('location')
        if (next === null)
          throw new Error(`the provider answers ${answer.status}: ${await answer.text()}`)
        return new URL(next, url).href
      }
      let url = await visit(address)
      for (let n = 0; n < REDIRECTS && !url.startsWith(returnTo); n++) {
        if (!url.includes('/interaction/')) url = await visit(url)
        else {
          const page = await (await fetch(url, { headers: { cookie: cookies() } })).text()
          const prompt = page.includes('value="login"') ? 'login' : 'consent'
          url = await visit(url, { prompt, login: account, password: 'any' })
        }
      }
      return url
    },
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
