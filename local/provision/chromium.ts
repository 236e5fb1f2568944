import type { ProvisionContext } from './context.js'
import { findOnPath } from './program.js'

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome']

/**
 * What the package starts Chromium with on small machines: one process for everything, which ends
 * with its first window, and a browser that keeps sites apart from each other no longer, in which no
 * test of that would prove anything.
 */
const UNWANTED_ARGS: readonly string[] = [
  '--single-process',
  '--disable-web-security',
  '--disable-site-isolation-trials',
  '--allow-running-insecure-content',
  '--disable-features=AudioServiceOutOfProcess,IsolateOrigins,site-per-process',
]

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
  for (const program of PROGRAMS) {
    const installed = await findOnPath(program, env)
    if (installed) return { executablePath: installed, args: sandboxArgs() }
  }
  const { default: chromium } = await import('@sparticuz/chromium')
  const args = chromium.args.filter((arg) => !UNWANTED_ARGS.includes(arg))
  return { executablePath: await chromium.executablePath(), args }
}

/** Chromium refuses its own sandbox to root, which is who runs in most containers. */
function sandboxArgs(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}
