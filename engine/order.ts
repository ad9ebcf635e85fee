let last = 0

/**
 * A number that grows with time and never repeats within this process: microseconds of the instant, pushed on when two
 * fall together. Orders rows of a history without a counter that every transaction would have to write.
 */
export function nextOrder(at: Date): number {
  last = Math.max(at.getTime() * 1000, last + 1)
  return last
}
