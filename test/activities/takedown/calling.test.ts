import { describe, expect, it } from '@jest/globals'
import { MockActivityEnvironment } from '@temporalio/testing'
import { type CallingDependencies, createCalling } from '../../../activities/takedown/calling.js'
import type { MarketplacePause } from '../../../store/store.js'

const PAUSE: MarketplacePause = {
  ...{ pauseId: 'p', marketplace: 'taobao', since: new Date(0), resumed: null },
  reasons: [{ text: 'their removals hit others', by: 'k', at: new Date(0) }],
}

/** Calls one after the other, each with what can be read of a pause then, at that second. */
async function calls(
  steps: readonly { readS: number; pause: MarketplacePause | null | Error }[],
): Promise<string[]> {
  let step = steps[0]
  const deps = {
    marketplaces: { get: () => ({ id: 'taobao', name: 'Taobao Marketplace' }) },
    now: () => (step?.readS ?? 0) * 1_000,
    store: {
      marketplacePauses: {
        current: async () => {
          if (step?.pause instanceof Error) throw step.pause
          return step?.pause ?? null
        },
      },
      marketplaceAnswers: { note: async () => undefined },
    },
  } as unknown as CallingDependencies
  const calling = createCalling(deps)
  const said: string[] = []
  for (const each of steps) {
    step = each
    const run = () => calling('taobao', async () => 'called').catch(({ message }: Error) => message)
    said.push(await new MockActivityEnvironment().run<[], string, typeof run>(run))
  }
  return said
}

describe('while nobody can read whether a marketplace is paused', () => {
  const away = new Error('no primary')

  it('what was read within a minute before holds, and then nothing is called', async () => {
    const before = { readS: 0, pause: null }
    expect(await calls([before, { readS: 59, pause: away }, { readS: 60, pause: away }])).toEqual([
      'called',
      'called',
      expect.stringMatching(/paused cannot be read.*no primary/),
    ])
  })

  it('one that was paused stays so', async () => {
    expect(
      await calls([
        { readS: 0, pause: PAUSE },
        { readS: 5, pause: away },
      ]),
    ).toEqual([
      expect.stringContaining('their removals hit others'),
      expect.stringContaining('their removals hit others'),
    ])
  })

  it('nothing is called of which nothing was ever read', async () => {
    expect(await calls([{ readS: 0, pause: away }])).toEqual([
      expect.stringContaining('cannot be read'),
    ])
  })
})
