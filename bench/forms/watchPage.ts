/** What a page tells of itself: times in milliseconds, the first since its navigation began. */
export interface Watched {
  /** When the last field came. */
  lastField: number
  /** Long tasks (over 50 ms). */
  tasks: number[]
  /** From each key to the next frame after it. */
  paints: number[]
  /** From each key until the page has answered it. */
  busy: number[]
}

/** Runs in the page before anything else does: looks on, and changes nothing. Stands alone: it is sent as text. */
export function watchPage(): void {
  const watched: Watched = { lastField: 0, tasks: [], paints: [], busy: [] }
  const forget = () => Object.assign(watched, { tasks: [], paints: [], busy: [] })
  Object.assign(window, { watched, forget })
  let fields = 0
  new MutationObserver(() => {
    const now = document.querySelectorAll('input, textarea, select').length
    if (now > fields) watched.lastField = performance.now()
    fields = now
  }).observe(document, { childList: true, subtree: true })
  new PerformanceObserver((list) => {
    watched.tasks.push(...list.getEntries().map((entry) => entry.duration))
  }).observe({ type: 'longtask', buffered: true })
  window.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => watched.paints.push(performance.now() - timeStamp)
        port2.postMessage(null)
      })
    },
    { capture: true },
  )
  window.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      setTimeout(() => watched.busy.push(performance.now() - timeStamp), 0)
    },
    { capture: true },
  )
}
