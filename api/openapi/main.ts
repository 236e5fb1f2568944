import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { writeContract } from './contract.js'

// Writes the contract; `--check` only compares it.

const REPOSITORY = path.join(import.meta.dirname, '../..')

const { contract, matrix } = await writeContract()
const files = { 'openapi.json': contract, 'docs/access.md': matrix }
for (const [name, text] of Object.entries(files)) {
  const file = path.join(REPOSITORY, name)
  if (!process.argv.includes('--check')) {
    await writeFile(file, text)
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`${name} does not say what the routes do: run "npm run openapi", commit it`)
    process.exitCode = 1
  }
}
if (!process.argv.includes('--check')) console.log('openapi.json and docs/access.md are written')
