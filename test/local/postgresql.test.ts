import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { provisionContext } from '../../local/provision/context.js'
import { findPostgresql } from '../../local/provision/postgresql.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'joint-force-programs-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function install(version: string): Promise<void> {
  for (const name of ['initdb', 'postgres']) {
    const file = path.join(folder, name)
    await writeFile(file, `#!/bin/sh\necho "${name} (PostgreSQL) ${version} (Debian)"\n`)
    await chmod(file, 0o755)
  }
}

const context = provisionContext({ env: { PATH: '' } })

describe('an installed PostgreSQL', () => {
  it('is found, with its version', async () => {
    await install('15.14')
    const programs = await findPostgresql(context, [folder])
    expect(programs).toEqual({
      initdb: path.join(folder, 'initdb'),
      postgres: path.join(folder, 'postgres'),
      version: '15.14',
    })
  })

  it('that is too old, or missing, leads to what to do', async () => {
    await install('11.22')
    const tooOld = findPostgresql(context, [folder])
    await expect(tooOld).rejects.toThrow(/it is version 11\.22[^]*apt-get install postgresql/)
    await expect(findPostgresql(context, [])).rejects.toThrow(/PostgreSQL >= 12.0 is needed/)
  })
})
