import { randomBytes } from 'node:crypto'
import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createPayloadCodec, isEncrypted, type PayloadKey } from '../../platform/payload-codec.js'

const key = (id: string): PayloadKey => ({ id, secret: randomBytes(32) })
const [older, newer, stranger] = [key('2026-05'), key('2026-11'), key('2026-11')]
const before = createPayloadCodec([older])
const rotated = createPayloadCodec([newer, older])

/** JSON has one zero. */
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown)
const values = fc.oneof(json, fc.uint8Array({ maxLength: 5_000 }), fc.constant(undefined))
const bytesOf = ({ metadata, data }: Payload) =>
  Buffer.concat([...Object.values(metadata ?? {}), data ?? []].map((part) => Buffer.from(part)))

describe('encrypted payloads', () => {
  it('are read as what they were, also those of an older key and those never encrypted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(values, { maxLength: 5 }), async (given) => {
        const plain = given.map((value) => defaultPayloadConverter.toPayload(value))
        for (const stored of [plain, await before.encode(plain), await rotated.encode(plain)]) {
          const read = await rotated.decode(stored)
          expect(read.map((one) => defaultPayloadConverter.fromPayload(one))).toEqual(given)
        }
      }),
    )
  })

  it('hold nothing of what they were, and are never the same twice', async () => {
    const plain = defaultPayloadConverter.toPayload('a listing that nobody may read')
    const [one, other] = await rotated.encode([plain, plain])
    if (!one || !other) throw new Error('nothing was encoded')
    expect(isEncrypted(one)).toBe(true)
    expect(bytesOf(one).toString()).toContain('2026-11')
    expect(bytesOf(one).toString('latin1')).not.toContain('listing')
    expect(bytesOf(one).equals(bytesOf(other))).toBe(false)
  })

  it('say which key is missing', async () => {
    const stored = await rotated.encode([defaultPayloadConverter.toPayload(1)])
    await expect(before.decode(stored)).rejects.toThrow('"2026-11", which TEMPORAL_PAYLOAD_KEYS')
  })

  it('are refused when a byte was changed or the key only has the same name', async () => {
    const [stored] = await rotated.encode([defaultPayloadConverter.toPayload('something')])
    if (!stored?.data) throw new Error('nothing was encoded')
    await expect(createPayloadCodec([stranger]).decode([stored])).rejects.toThrow()
    for (let at = 0; at < stored.data.length; at++) {
      const data = Buffer.from(stored.data)
      data[at] = (data[at] ?? 0) ^ 1
      await expect(rotated.decode([{ ...stored, data }])).rejects.toThrow()
    }
  })
})
