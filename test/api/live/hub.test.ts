import { afterEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createLiveHub, type LiveHub } from '../../../api/live/hub.js'
import type { LiveReader, ToldCase } from '../../../api/live/reader.js'
import { until } from '../../../local/until.js'
import { EVERYTHING, type LiveCases, type SavedCase, TokenLost } from '../../../store/store.js'

const log = { warn: () => undefined, info: () => undefined }
const hubs: LiveHub[] = []
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()))
})

/** Commits in memory, and change streams on them. */
function database() {
  const commits: SavedCase[] = []
  let forgotten = ''
  let fault: Error | null = null
  const tokenAt = (count: number) => count.toString(16).toUpperCase().padStart(16, '0')
  const live: LiveCases = {
    async watch(after) {
      if (fault) throw fault
      let token = after ?? tokenAt(commits.length)
      let isOpen = true
      return {
        token: () => token,
        async close() {
          isOpen = false
        },
        async next() {
          await new Promise((resolve) => setTimeout(resolve, 1))
          if (fault) throw fault
          if (token < forgotten) throw new TokenLost('forgotten')
          if (!isOpen) throw new Error('closed')
          const saved = commits.find((commit) => commit.token > token) ?? null
          token = saved?.token ?? token
          return saved
        },
      }
    },
  }
  return {
    live,
    save: (name: string, brandId = 'northwind') => {
      const rev = commits.length + 1
      commits.push({ token: tokenAt(rev), caseId: name, brandId, marketplace: 'taobao', rev })
    },
    lastToken: () => tokenAt(commits.length),
    forget: () => (forgotten = tokenAt(commits.length)),
    fail: (error: Error | null) => (fault = error),
  }
}

async function openHub(live: LiveCases): Promise<LiveHub> {
  const hub = createLiveHub(live, log)
  hubs.push(hub)
  await hub.begun()
  return hub
}

function reader(scope: LiveReader['scope'] = EVERYTHING) {
  const said: { what: string; token: string | null; cases?: readonly ToldCase[] }[] = []
  return {
    said,
    told: () => said.flatMap(({ cases = [] }) => cases.map(({ caseId }) => caseId)),
    lastToken: () => said.at(-1)?.token ?? '',
    scope,
    ready: (token: string) => said.push({ what: 'ready', token }),
    saved: (cases: readonly ToldCase[], token: string) =>
      said.push({ what: 'cases', token, cases }),
    reset: (token: string) => said.push({ what: 'reset', token }),
    beat: () => undefined,
  }
}

const soon = { withinMs: 10_000, everyMs: 5 }

describe('the live hub', () => {
  it('says each case once of those saved together, with its latest revision', async () => {
    const { live, save } = database()
    const hub = await openHub(live)
    const own = reader({ brandIds: ['northwind'], marketplaces: '*' })
    hub.join(own, null)
    save('a')
    save('b', 'contoso')
    save('a')
    await until('it is told', () => own.told().length > 0, soon)
    expect(own.said.slice(1).map(({ cases }) => cases)).toEqual([[{ caseId: 'a', rev: 3 }]])
  })

  it('resets everybody when the database has forgotten what came, and goes on', async () => {
    const { live, save, forget, fail } = database()
    const hub = await openHub(live)
    const own = reader()
    hub.join(own, null)
    fail(new Error('away'))
    await until('it is away', () => new Promise((resolve) => setTimeout(resolve, 20, true)), soon)
    save('lost')
    forget()
    fail(null)
    await until('it is reset', () => own.said.some(({ what }) => what === 'reset'), soon)
    save('later')
    await until('it is told', () => own.told().includes('later'), soon)
    expect(own.told()).toEqual(['later'])
  })

  it('resets who missed too many cases of theirs, but not who missed few of many', async () => {
    const { live, save, lastToken } = database()
    const before = lastToken()
    for (let n = 0; n < 1_200; n++) save(`case-${n}`, n < 5 ? 'contoso' : 'northwind')
    const hub = await openHub(live)
    const few = reader({ brandIds: ['contoso'], marketplaces: '*' })
    const many = reader({ brandIds: ['northwind'], marketplaces: '*' })
    hub.join(few, before)
    hub.join(many, before)
    await until('both were told', () => few.said.length > 1 && many.said.length > 1, soon)
    expect(few.told()).toHaveLength(5)
    expect(many.said.map(({ what }) => what)).toEqual(['ready', 'reset'])
  })

  it('loses nothing for readers who leave and come back, at whichever process', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('save' as const), brand: fc.constantFrom('x', 'y') }),
      fc.record({ kind: fc.constant('move' as const), to: fc.integer({ min: 0, max: 1 }) }),
      fc.record({ kind: fc.constant('restart' as const), of: fc.integer({ min: 0, max: 1 }) }),
      fc.record({ kind: fc.constant('pause' as const), ms: fc.integer({ min: 1, max: 130 }) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { live, save } = database()
        const processes = [await openHub(live), await openHub(live)]
        const expected: string[] = []
        const heard: string[] = []
        let at = 0
        let current = reader({ brandIds: ['x'], marketplaces: '*' })
        const join = (token: string | null) => processes[at]?.join(current, token)
        const moveTo = (next: number) => {
          processes[at]?.leave(current)
          heard.push(...current.told())
          const token = current.lastToken()
          at = next
          current = reader(current.scope)
          join(token)
        }
        join(null)
        for (const each of steps) {
          if (each.kind === 'save') {
            const name = `${each.brand}-${expected.length}`
            save(name, each.brand)
            if (each.brand === 'x') expected.push(name)
          } else if (each.kind === 'move') {
            moveTo(each.to)
          } else if (each.kind === 'restart') {
            processes[each.of] = await openHub(live)
            if (each.of === at) moveTo(at)
          } else {
            await new Promise((resolve) => setTimeout(resolve, each.ms))
          }
        }
        const all = () => [...heard, ...current.told()]
        await until('all is told', () => expected.every((name) => all().includes(name)), soon)
        expect(all().every((name) => name.startsWith('x'))).toBe(true)
        expect(current.said.map(({ what }) => what)).not.toContain('reset')
        await Promise.all(hubs.splice(0).map((hub) => hub.close()))
      }),
      { numRuns: 15 },
    )
  })
})
