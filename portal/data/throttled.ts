/**
 * Runs at once, and once more when it was asked for in the meantime: not before what runs has ended,
 * and not sooner than `everyMs` after its start. Reading a long list again takes longer than the
 * next reason to do so, and would never end if each one began it anew.
 */
export function throttled(run: () => Promise<unknown>, everyMs: number): () => void {
  let isPausing = false
  let isWanted = false
  return function ask(): void {
    if (isPausing) {
      isWanted = true
      return
    }
    isPausing = true
    const pause = new Promise((resolve) => setTimeout(resolve, everyMs))
    void Promise.allSettled([run(), pause]).then(() => {
      isPausing = false
      if (!isWanted) return
      isWanted = false
      ask()
    })
  }
}
