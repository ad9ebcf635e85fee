/** How long each measurement lasts. */
export const MILLISECONDS = Number(process.env.BENCH_MILLISECONDS ?? 5000)
/** Documents in the store while everything is measured. */
export const DOCUMENTS = Number(process.env.BENCH_DOCUMENTS ?? 1_000_000)
/** Documents of one group: what a page is taken from. */
export const GROUP = 200

export const random = (): number => Math.floor(Math.random() * DOCUMENTS)

/** One document, about 420 bytes as BSON or JSON. `number` is unique, `group` has {@link GROUP} documents. */
export const sample = (number: number): { _id: number; name: string; group: number; at: number; text: string } => ({
  _id: number,
  name: `name ${number}`,
  group: Math.floor(number / GROUP),
  at: (number * 7919) % 100_003,
  text: 'x'.repeat(300),
})

export interface Measured {
  what: string
  perSecond: number
  /** Milliseconds. */
  p50: number
  p95: number
}

/** Runs `operation` on each of the workers again and again for {@link MILLISECONDS}. */
export async function measure<W>(
  what: string,
  workers: readonly W[],
  operation: (worker: W) => Promise<unknown>,
): Promise<Measured> {
  const times: number[] = []
  const begun = performance.now()
  const until = begun + MILLISECONDS
  await Promise.all(
    workers.map(async (worker) => {
      for (let now = performance.now(); now < until;) {
        await operation(worker)
        const after = performance.now()
        times.push(after - now)
        now = after
      }
    }),
  )
  const seconds = (performance.now() - begun) / 1000
  times.sort((a, b) => a - b)
  const at = (part: number): number => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN
  return { what, perSecond: times.length / seconds, p50: at(0.5), p95: at(0.95) }
}
