import { Readable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { createEventStream, type EndReason } from '../../../api/live/event-stream.js'
import { type LiveMessage, messagesOf } from '../../../client/live-stream.js'
import { EVERYTHING } from '../../../store/store.js'

function open() {
  const reasons: EndReason[] = []
  const stream = createEventStream({
    scope: EVERYTHING,
    onEvent: () => undefined,
    onEnd: (reason) => reasons.push(reason),
  })
  return { stream, reasons }
}

async function read(body: AsyncIterable<Uint8Array>): Promise<LiveMessage[]> {
  const messages: LiveMessage[] = []
  for await (const message of messagesOf(body)) messages.push(message)
  return messages
}

describe('the text of a live stream', () => {
  it('is understood by who reads it, however it is cut into pieces', async () => {
    const { stream, reasons } = open()
    const cases = [{ caseId: 'case~taobao~1~hp~aaaaaaaa', rev: 3 }]
    stream.ready('0A')
    stream.saved(cases, '0B')
    stream.beat(null)
    stream.beat('0C')
    stream.reset('0D')
    stream.end('shutdown')
    stream.saved(cases, '0E')
    const text = Buffer.concat(await stream.body.toArray())
    const bytes = Array.from(text, (_, at) => text.subarray(at, at + 1))

    expect(await read(Readable.from(bytes))).toEqual([
      { event: 'ready', id: '0A', cases: [] },
      { event: 'cases', id: '0B', cases },
      { event: 'synced', id: '0C', cases: [] },
      { event: 'reset', id: '0D', cases: [] },
    ])
    expect(text.toString()).toContain('\n\n: beat\n\n')
    expect(reasons).toEqual(['shutdown'])
  })
})

describe('a reader who is too slow', () => {
  it('is dropped before much waits for them, and hears no more', async () => {
    const { stream, reasons } = open()
    const cases = [{ caseId: `case~taobao~${'1'.repeat(90)}~hp~aaaaaaaa`, rev: 3 }]
    const closed = new Promise((resolve) => stream.body.once('close', resolve))
    let written = 0
    while (!stream.body.destroyed && written < 100_000) {
      stream.saved(cases, '0B')
      written++
    }
    await closed
    expect(reasons).toEqual(['slow'])
    expect(stream.body.readableLength).toBeLessThan(300_000)
    expect(written).toBeLessThan(3_000)
  })

  it('does not keep a server from closing', async () => {
    const { stream, reasons } = open()
    const closed = new Promise((resolve) => stream.body.once('close', resolve))
    stream.ready('0A')
    stream.end('shutdown')
    await closed
    expect(reasons).toEqual(['shutdown'])
  })
})
