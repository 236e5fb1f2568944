import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { accessProblems, overflowOf } from '../browser/checks.js'

/** Takes pictures of screens and looks at each as people with other senses would. */
export interface Camera {
  /** Keeps what a page shows as `<name>.png`, and looks at it. */
  take(page: Page, name: string): Promise<void>
  /** File names, in the order in which they were taken. */
  readonly taken: readonly string[]
  /** What axe found, and whatever is wider than its window, each with the name of its picture. */
  readonly problems: readonly string[]
}

const COLOURS = 128

/** A camera that keeps its pictures in a folder, small enough for a repository. */
export function openCamera(dir: string): Camera {
  const taken: string[] = []
  const problems: string[] = []
  return {
    taken,
    problems,
    async take(page, name) {
      const found = await accessProblems(page)
      if ((await overflowOf(page)) > 0) found.push('is wider than its window')
      problems.push(...found.map((problem) => `${name}: ${problem}`))
      const picture = sharp(await page.screenshot()).png({ palette: true, colours: COLOURS })
      await mkdir(dir, { recursive: true })
      await writeFile(path.join(dir, `${name}.png`), await picture.toBuffer())
      taken.push(`${name}.png`)
    },
  }
}
