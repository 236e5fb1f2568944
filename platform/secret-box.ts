import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { PayloadKey } from './payload-codec.js'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** A secret is sealed by a key that is not (any longer) configured, or was altered. */
export class CannotOpen extends Error {
  override name = 'CannotOpen'
}

/** Keeps secrets that have to be read again, unreadable without keys that are not kept beside them. */
export interface SecretBox {
  /** `<key id>.<base64url>`. It opens only for the same `owner`. */
  seal(secret: string, owner: string): string
  /** Throws `CannotOpen`. */
  open(sealed: string, owner: string): string
}

/** AES-256-GCM. The first key seals; all of them open, each what carries its id. */
export function createSecretBox(keys: readonly PayloadKey[], setting: string): SecretBox {
  const secrets = new Map(keys.map(({ id, secret }) => [id, secret]))
  const [newest] = keys
  const boundTo = (id: string, owner: string) => Buffer.from(JSON.stringify([id, owner]))
  return {
    seal(secret, owner) {
      if (!newest) throw new Error(`there is no key to seal with: set ${setting}`)
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, newest.secret, nonce)
      cipher.setAAD(boundTo(newest.id, owner))
      const sealed = [nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return `${newest.id}.${Buffer.concat(sealed).toString('base64url')}`
    },
    open(sealed, owner) {
      const dot = sealed.lastIndexOf('.')
      const id = sealed.slice(0, Math.max(dot, 0))
      const key = secrets.get(id)
      if (!key) throw new CannotOpen(`${setting} does not have the key "${id}", which sealed this`)
      const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url')
      try {
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
        decipher.setAAD(boundTo(id, owner))
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
        const opened = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
        return Buffer.concat([opened, decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new CannotOpen(`what the key "${id}" of ${setting} sealed was altered`, { cause })
      }
    },
  }
}
