import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Payload, PayloadCodec } from '@temporalio/common'

/** A key payloads are encrypted with. */
export interface PayloadKey {
  /** Stands in clear text beside what it encrypted. */
  id: string
  /** 32 bytes. */
  secret: Buffer
}

const CIPHER = 'aes-256-gcm'
const ENCODING = 'binary/encrypted'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const LENGTH_BYTES = 4
const KEY_ID = 'encryption-key-id'

/**
 * Encrypts what Temporal stores of workflows with AES-256-GCM. The first key encrypts; all of them
 * decrypt, each what carries its id. What was never encrypted is read as it is, so that encryption
 * can be switched on while cases are open.
 */
export function createPayloadCodec(keys: readonly [PayloadKey, ...PayloadKey[]]): PayloadCodec {
  const secrets = new Map(keys.map(({ id, secret }) => [id, secret]))
  const [newest] = keys
  return {
    encode: async (payloads) => payloads.map((payload) => encrypt(newest, payload)),
    decode: async (payloads) =>
      payloads.map((payload) => (isEncrypted(payload) ? decrypt(secrets, payload) : payload)),
  }
}

/** Is it something only a key opens? */
export function isEncrypted({ metadata }: Payload): boolean {
  return textOf(metadata?.['encoding']) === ENCODING
}

function encrypt({ id, secret }: PayloadKey, payload: Payload): Payload {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, secret, nonce)
  cipher.setAAD(Buffer.from(id))
  const data = [nonce, cipher.update(pack(payload)), cipher.final(), cipher.getAuthTag()]
  return {
    metadata: { encoding: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(id) },
    data: Buffer.concat(data),
  }
}

function decrypt(secrets: ReadonlyMap<string, Buffer>, { metadata, data }: Payload): Payload {
  const id = textOf(metadata?.[KEY_ID])
  const secret = secrets.get(id)
  if (!secret) {
    throw new Error(
      `a payload was encrypted with the key "${id}", which TEMPORAL_PAYLOAD_KEYS does not have`,
    )
  }
  const sealed = Buffer.from(data ?? [])
  const decipher = createDecipheriv(CIPHER, secret, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(id))
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  const opened = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES))
  return unpack(Buffer.concat([opened, decipher.final()]))
}

/** The length of the metadata, the metadata as JSON, then the data as they are. */
function pack({ metadata, data }: Payload): Buffer {
  const entries = Object.entries(metadata ?? {})
  const named = entries.map(([name, value]) => [name, Buffer.from(value ?? []).toString('base64')])
  const header = Buffer.from(JSON.stringify(Object.fromEntries(named)))
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(header.length)
  return Buffer.concat([length, header, Buffer.from(data ?? [])])
}

function unpack(packed: Buffer): Payload {
  const dataAt = LENGTH_BYTES + packed.readUInt32BE()
  const header = packed.subarray(LENGTH_BYTES, dataAt).toString()
  const entries = Object.entries(JSON.parse(header) as Record<string, string>)
  return {
    metadata: Object.fromEntries(
      entries.map(([name, value]) => [name, Buffer.from(value, 'base64')]),
    ),
    data: packed.subarray(dataAt),
  }
}

function textOf(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString()
}
