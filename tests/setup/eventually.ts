import { setTimeout as pause } from 'node:timers/promises'

/**
 * Tries a claim until it holds, for `ms` at most; then fails with the claim's own error. For what comes a moment after
 * the event that was waited for: a page is painted after its address has changed, a mail is sent after the answer.
 */
export async function eventually<T>(claim: () => Promise<T>, ms = 15_000): Promise<T> {
  const end = performance.now() + ms
  for (;;) {
    try {
      return await claim()
    } catch (error) {
      if (performance.now() > end) throw error
    }
    await pause(50)
  }
}
