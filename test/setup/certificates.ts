import { mkdtemp, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { runProgram } from '../../local/provision/program.js'
import { testDataDir } from './environment.js'

/** Paths of a certificate and its key. */
export interface Identity {
  cert: string
  key: string
}

/** Somebody who signs certificates, valid for a day. */
export interface Authority extends Identity {
  /** A certificate for that DNS name, for a server as for a client. */
  issue(name: string): Promise<Identity>
}

/** A certificate authority of its own, in files of the run. */
export async function createAuthority(name: string): Promise<Authority> {
  const folder = await mkdtemp(path.join(testDataDir(), 'authority-'))
  const openssl = (...args: string[]) =>
    runProgram('openssl', args, { cwd: folder, env: process.env, timeoutMs: 30_000 })
  const own = { cert: path.join(folder, 'ca.pem'), key: path.join(folder, 'ca.key') }
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await openssl(
    ...['req', '-x509', '-days', '1', '-subj', `/CN=${name}`, ...ec],
    ...['-keyout', own.key, '-out', own.cert],
  )
  return {
    ...own,
    async issue(dnsName) {
      const at = (ending: string) => path.join(folder, `${dnsName}.${ending}`)
      await openssl(
        ...['req', '-subj', `/CN=${dnsName}`, ...ec],
        ...['-keyout', at('key'), '-out', at('csr')],
      )
      await writeFile(at('ext'), `subjectAltName=DNS:${dnsName}\n`)
      await openssl(
        ...['x509', '-req', '-days', '1', '-in', at('csr'), '-CA', own.cert, '-CAkey', own.key],
        ...['-CAcreateserial', '-extfile', at('ext'), '-out', at('pem')],
      )
      return { cert: at('pem'), key: at('key') }
    },
  }
}
