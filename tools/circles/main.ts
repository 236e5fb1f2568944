import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { REPOSITORY_DIR } from '../../local/provision/context.js'
import { importCircles, importGraph } from './import-circles.js'

// No file may lead back to itself by its imports, those of types included.

const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], {
  cwd: REPOSITORY_DIR,
  encoding: 'utf8',
})
const files = listed
  .split('\n')
  .filter((file) => file && existsSync(path.join(REPOSITORY_DIR, file)))
const circles = importCircles(importGraph(REPOSITORY_DIR, files))

for (const circle of circles) console.error([...circle, circle[0]].join('\n  -> '))
if (circles.length > 0) {
  console.error(
    `${circles.length} circles of imports: move what both sides need into a file of its own`,
  )
  process.exitCode = 1
}
