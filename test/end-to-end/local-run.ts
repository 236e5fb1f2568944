import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { REPOSITORY_DIR } from '../../local/provision/context.js'
import { until } from '../../local/until.js'
import { assertPortsFree, PORT_NAMES, portBlock } from '../../local/stack/ports.js'

/** `npm start`, `npm run demo` or `npm run tour` as a user runs it: a process of its own, known by what it prints. */
export interface LocalRun {
  /** All it has printed so far, on either stream. */
  output(): string
  /** What follows in the output from `text` on, once it is there. Throws when the process ends first. */
  untilPrinted(text: string): Promise<string>
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>
  /** Ctrl-C; resolves to the exit code and to those of its processes that are still there. */
  interrupt(): Promise<{ code: number | null; left: string[] }>
}

const ENTRIES = {
  start: 'local/start/main.ts',
  demo: 'local/demo/main.ts',
  tour: 'local/tour/main.ts',
}
const INTERRUPTIBLE_MS = 30_000
const PRINTED_WITHIN_MS = 200_000

/** A `JOINT_FORCE_PORT_BASE` with room for every kind of run beside each other. */
export async function freePortBase(): Promise<number> {
  for (;;) {
    const base = 15_000 + 100 * Math.floor(Math.random() * 170)
    try {
      for (const first of [base, base + 20, base + 80])
        await assertPortsFree(portBlock(first), PORT_NAMES)
      return base
    } catch {
      // Somebody has one of them.
    }
  }
}

export function runLocal(
  what: keyof typeof ENTRIES,
  { dataDir, portBase, args = [] }: { dataDir: string; portBase: number; args?: string[] },
): LocalRun {
  const child = spawn(process.execPath, ['--import', 'tsx', ENTRIES[what], ...args], {
    cwd: REPOSITORY_DIR,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      JOINT_FORCE_TEMPORAL_ADDRESS: '',
      JOINT_FORCE_MONGODB_URI: '',
      JOINT_FORCE_DATA_DIR: dataDir,
      JOINT_FORCE_PORT_BASE: String(portBase),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ended = once(child, 'close').then(([code]) => code as number | null)
  let hasEnded = false
  void ended.then(() => (hasEnded = true))

  return {
    output: () => output,
    ended,
    async untilPrinted(text) {
      const isPrinted = () => {
        if (output.includes(text)) return true
        if (hasEnded) throw new Error(`it ended without "${text}":\n${output}`)
        return false
      }
      const limit = { withinMs: PRINTED_WITHIN_MS, standing: () => output }
      await until(`it prints "${text}"`, isPrinted, limit)
      return output.slice(output.indexOf(text))
    },
    async interrupt() {
      const family = descendantsOf(child.pid ?? 0)
      child.kill('SIGINT')
      const overdue = setTimeout(() => child.kill('SIGKILL'), INTERRUPTIBLE_MS)
      const code = await ended
      clearTimeout(overdue)
      const running = processes()
      const left = running.filter(({ pid }) => family.includes(pid)).map(({ text }) => text)
      return { code, left }
    },
  }
}

function descendantsOf(pid: number): number[] {
  const all = processes()
  const family = [pid]
  for (const parent of family) {
    family.push(...all.filter(({ ppid }) => ppid === parent).map((one) => one.pid))
  }
  return family.slice(1)
}

function processes(): { pid: number; ppid: number; text: string }[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
  return lines.split('\n').flatMap((line) => {
    const [pid, ppid, state, ...args] = line.trim().split(/\s+/)
    // A zombie has ended and waits for its parent to be told.
    return state === undefined || state.startsWith('Z')
      ? []
      : [{ pid: Number(pid), ppid: Number(ppid), text: args.join(' ') }]
  })
}
