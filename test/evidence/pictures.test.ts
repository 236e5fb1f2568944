import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import { createDiskStore } from '../../evidence/file-store.js'
import { makePicture } from '../../evidence/picture.js'
import { createPictures, type Pictures } from '../../evidence/pictures.js'
import { PictureUnavailable } from '../../evidence/unavailable.js'
import { sha256Hex } from '../../platform/digest.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'joint-force-pictures-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A drawing of that many stripes, which another number makes another picture. */
function draw(stripes: number, width = 1_600, height = 900) {
  const bars = Array.from({ length: stripes }, (_, n) => {
    const x = (n * width) / stripes
    return `<rect x="${x}" width="${width / stripes / 2}" height="${height}" fill="#135"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#eda"/>${bars.join('')}</svg>`
  return sharp(Buffer.from(svg))
}

describe('a picture that is made anew', () => {
  it('has both sizes, and nothing but its pixels', async () => {
    const secret = 'taken at home'
    const bytes = await draw(5)
      .jpeg()
      .withExif({ IFD0: { Copyright: secret } })
      .toBuffer()
    expect(bytes.includes(secret)).toBe(true)
    const { facts, images } = await makePicture(bytes)
    expect(facts).toMatchObject({ sha256: sha256Hex(bytes), width: 1_600, height: 900 })
    const large = await sharp(images.large).metadata()
    const thumbnail = await sharp(images.thumbnail).metadata()
    expect([large.format, large.width, large.height]).toEqual(['jpeg', 1_200, 675])
    expect([thumbnail.width, thumbnail.height]).toEqual([128, 72])
    expect(large.exif).toBeUndefined()
    expect(Buffer.from(images.large).includes(secret)).toBe(false)
  })

  it('has nearly the same hash in another size and format, and another one of its own', async () => {
    const hashOf = async (bytes: Buffer) => (await makePicture(bytes)).facts.phash
    const one = await hashOf(await draw(3).png().toBuffer())
    const again = await hashOf(await draw(3).resize(400).webp({ quality: 60 }).toBuffer())
    const other = await hashOf(await draw(8).png().toBuffer())
    expect(differingBits(one, again)).toBeLessThanOrEqual(6)
    expect(differingBits(one, other)).toBeGreaterThan(12)
  })

  it.each([
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['a drawing that is a program', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['nothing', ''],
    ['the beginning of a picture', '\x89PNG\r\n\x1a\n and no more'],
  ])('is not made of %s', async (_what, text) => {
    await expect(makePicture(Buffer.from(text, 'latin1'))).rejects.toThrow(PictureUnavailable)
  })

  it('is not made of more pixels than one may open', async () => {
    const huge = { width: 8_000, height: 6_000, channels: 3, background: '#fff' } as const
    const bytes = await sharp({ create: huge }).png().toBuffer()
    expect(bytes.length).toBeLessThan(1_000_000)
    await expect(makePicture(bytes)).rejects.toThrow(PictureUnavailable)
  })
})

/** Pictures from a shop whose answers can be changed, on a clock that can be put forward. */
async function open(name: string) {
  const answers = new Map<string, Uint8Array>()
  const asked: string[] = []
  let at = 0
  const make = (): Pictures =>
    createPictures(
      createDiskStore(path.join(folder, name)),
      {
        async fetch(url) {
          asked.push(url)
          await new Promise((resolve) => setTimeout(resolve, 5))
          const bytes = answers.get(url)
          if (!bytes) throw new PictureUnavailable('the server answers 404')
          return bytes
        },
      },
      () => at,
    )
  return { answers, asked, make, pictures: make(), passMs: (ms: number) => (at += ms) }
}

describe('pictures of listings', () => {
  const url = 'https://img.example/1.jpg'

  it('are fetched once, however many look at them, and kept beyond the process', async () => {
    const { answers, asked, make, pictures } = await open('once')
    const bytes = await draw(4).png().toBuffer()
    answers.set(url, bytes)
    const wanted = { sha256: sha256Hex(bytes), urls: [url] }
    const both = await Promise.all([
      pictures.read(wanted, 'large'),
      pictures.read(wanted, 'thumbnail'),
      pictures.read(wanted, 'large'),
    ])
    answers.clear()
    const later = await make().read(wanted, 'large')
    expect(asked).toEqual([url])
    expect(later.facts.sha256).toBe(wanted.sha256)
    expect(Buffer.from(later.bytes).equals(Buffer.from(both[0].bytes))).toBe(true)
    // What was written is whole: no draft is left.
    const files = await readdir(path.join(folder, 'once'), { recursive: true })
    expect(files.filter((file) => /\.\w{13}$/.test(file))).toEqual([])
  })

  it('are never passed off for what was reported, and looked for at the other addresses', async () => {
    const { answers, asked, pictures, passMs } = await open('other')
    const [reported, other] = [await draw(4).png().toBuffer(), await draw(9).png().toBuffer()]
    answers.set(url, other)
    const sha256 = sha256Hex(reported)
    const shown = await pictures.read({ sha256, urls: [url] }, 'large')
    expect(shown.facts.sha256).toBe(sha256Hex(other))
    const second = 'https://img.example/2.jpg'
    answers.set(second, reported)
    const found = await pictures.read({ sha256, urls: [url, second] }, 'large')
    expect(found.facts.sha256).toBe(sha256)
    expect(asked).toEqual([url, second])

    const elsewhere = { sha256: '0'.repeat(64), urls: [url] }
    answers.set(url, await draw(2).png().toBuffer())
    expect((await pictures.read(elsewhere, 'large')).facts.sha256).toBe(sha256Hex(other))
    passMs(86_400_001)
    expect((await pictures.read(elsewhere, 'large')).facts.sha256).not.toBe(sha256Hex(other))
  })

  it('that cannot be had are not asked for again at once, but later', async () => {
    const { answers, asked, pictures, passMs } = await open('absent')
    const bytes = await draw(4).png().toBuffer()
    const wanted = { sha256: sha256Hex(bytes), urls: [url] }
    await expect(pictures.read(wanted, 'large')).rejects.toThrow('404')
    await expect(pictures.read(wanted, 'large')).rejects.toThrow('404')
    expect(asked).toHaveLength(1)
    answers.set(url, bytes)
    passMs(600_001)
    expect((await pictures.read(wanted, 'large')).facts.sha256).toBe(wanted.sha256)
    await expect(
      pictures.read({ ...wanted, sha256: 'f'.repeat(64), urls: [] }, 'large'),
    ).rejects.toThrow('names no address')
  })
})

function differingBits(one: string, other: string): number {
  return (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2).replaceAll('0', '').length
}
