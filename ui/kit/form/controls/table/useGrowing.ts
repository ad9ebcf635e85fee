import { startTransition, useEffect, useState } from 'react'

/** Rows drawn in one go. */
const portion = 4

/** How many of the wanted rows are drawn: a few at first, then more, so that the page answers while a table opens. */
export function useGrowing(wanted: number): number {
  const [ready, setReady] = useState(portion)
  useEffect(() => {
    if (ready === Infinity) return
    const timer = setTimeout(() => startTransition(() => setReady(ready >= wanted ? Infinity : ready + portion)), 0)
    return () => clearTimeout(timer)
  }, [ready, wanted])
  return Math.min(ready, wanted)
}
