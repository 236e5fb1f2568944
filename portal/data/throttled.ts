/**
 * Runs at once, and once more when it was asked for in the meantime: not before what runs has ended,
 * and not before the pause that began with it has. Reading a long list again takes longer than the
 * next reason to do so, and would never end if each one began it anew.
 */
export function throttled(run: () => Promise<unknown>, pause: () => Promise<unknown>): () => void {
  let isPausing = false
  let isWanted = false
  return function ask(): void {
    if (isPausing) {
      isWanted = true
      return
    }
    isPausing = true
    void Promise.allSettled([run(), pause()]).then(() => {
      isPausing = false
      if (!isWanted) return
      isWanted = false
      ask()
    })
  }
}
