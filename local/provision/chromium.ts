import type { ProvisionContext } from './context.js'
import { findOnPath } from './program.js'

const programs = ['chromium', 'chromium-browser', 'google-chrome']

/** What playwright's `launch` needs to start a browser. */
export interface Browser {
  executablePath: string
  args: string[]
}

/**
 * A Chromium for tests: `CHROME_PATH`, an installed one, or the one that comes with the
 * development dependency `@sparticuz/chromium` (it unpacks itself into the temporary folder).
 */
export async function provisionChromium({ env }: ProvisionContext): Promise<Browser> {
  const named = env['CHROME_PATH']
  if (named) return { executablePath: named, args: sandboxArgs() }
  for (const program of programs) {
    const installed = await findOnPath(program, env)
    if (installed) return { executablePath: installed, args: sandboxArgs() }
  }
  const { default: chromium } = await import('@sparticuz/chromium')
  // One process for everything, as the package has it for small machines, ends with its first window.
  const args = chromium.args.filter((arg) => arg !== '--single-process')
  return { executablePath: await chromium.executablePath(), args }
}

/** Chromium refuses its own sandbox to root, which is who runs in most containers. */
function sandboxArgs(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}
