// Keeps the part of the page marked `data-live` up to date; a listing that left the shop is struck
// through for a moment before it goes.
const everyMs = 1500
const leavingMs = 2500
let etag = null

async function fresh() {
  const headers = etag ? { 'if-none-match': etag } : {}
  const answer = await fetch(location.href, { headers, cache: 'no-store' })
  if (answer.status === 304) return null
  etag = answer.headers.get('etag')
  return new DOMParser().parseFromString(await answer.text(), 'text/html')
}

async function markLeaving(before, after) {
  const staying = new Set()
  for (const card of after.querySelectorAll('[data-listing]')) staying.add(card.dataset.listing)
  const leaving = [...before.querySelectorAll('[data-listing]')].filter(
    (card) => !staying.has(card.dataset.listing),
  )
  if (leaving.length === 0) return
  for (const card of leaving) card.classList.add('leaving')
  await new Promise((done) => setTimeout(done, leavingMs))
}

async function follow() {
  const next = document.hidden ? null : await fresh()
  const before = document.querySelector('[data-live]')
  const after = next?.querySelector('[data-live]')
  if (!before || !after || before.innerHTML === after.innerHTML) return
  await markLeaving(before, after)
  before.replaceWith(document.adoptNode(after))
  document.title = next.title
}

async function keepFollowing() {
  try {
    await follow()
  } catch {
    // The sandbox is restarting; the next round tries again.
  }
  setTimeout(keepFollowing, everyMs)
}

keepFollowing()
