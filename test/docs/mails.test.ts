import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from '@jest/globals'
import { REPOSITORY_DIR } from '../../local/provision/context.js'
import { LETTERS } from '../../tools/mail-pictures/letters.js'
import { MAX_BYTES, VIEWS } from '../../tools/mail-pictures/take-pictures.js'

const dir = path.join(REPOSITORY_DIR, 'docs/images/mails')

it('shows every kind of mail in every view, in pictures small enough for a repository', async () => {
  const wanted = LETTERS.flatMap(({ name }) =>
    Object.keys(VIEWS).map((view) => `${name}-${view}.png`),
  )
  expect((await readdir(dir)).sort()).toEqual([...wanted].sort())
  const document = await readFile(path.join(REPOSITORY_DIR, 'docs/mails.md'), 'utf8')
  const shown = [...document.matchAll(/\]\(images\/mails\/([^)]+)\)\]/g)].map(([, file]) => file)
  expect(shown.sort()).toEqual([...wanted].sort())
  const sizes = await Promise.all(
    wanted.map(async (file) => (await stat(path.join(dir, file))).size),
  )
  expect(Math.max(...sizes)).toBeLessThan(MAX_BYTES)
})
