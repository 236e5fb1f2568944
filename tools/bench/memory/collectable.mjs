// Loaded before a process of the service: on SIGWINCH it collects the garbage of all its threads and
// writes what is left to `$BENCH_MEMORY_DIR/<pid>.json`. Plain JavaScript, as it comes before the loader.
import { renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import v8 from 'node:v8'
import vm from 'node:vm'
import { BroadcastChannel, isMainThread } from 'node:worker_threads'

const answersWithinMs = 1_000

v8.setFlagsFromString('--expose-gc')
const collect = vm.runInNewContext('gc')
const channel = new BroadcastChannel('bench-memory')
channel.unref()

function heapBytes() {
  collect()
  collect()
  return v8.getHeapStatistics().used_heap_size
}

if (isMainThread) {
  let ofThreads = 0
  channel.onmessage = ({ data }) => {
    if (typeof data === 'number') ofThreads += data
  }
  process.on('SIGWINCH', () => {
    ofThreads = 0
    channel.postMessage('collect')
    const own = heapBytes()
    setTimeout(() => {
      const file = path.join(process.env.BENCH_MEMORY_DIR, `${process.pid}.json`)
      const memory = { rssBytes: process.memoryUsage.rss(), heapBytes: own + ofThreads }
      writeFileSync(`${file}.part`, JSON.stringify(memory))
      renameSync(`${file}.part`, file)
    }, answersWithinMs)
  })
} else {
  channel.onmessage = ({ data }) => {
    if (data === 'collect') channel.postMessage(heapBytes())
  }
}
