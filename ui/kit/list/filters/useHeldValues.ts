import { useEffect, useState } from 'react'

/**
 * What is ticked, at once: the address, which the values come from, follows a moment later, and a box that waits for
 * it would forget the second of two quick clicks.
 */
export function useHeldValues(
  values: string[],
  onChange: (values: string[] | null) => void,
): [string[], (value: string, on: boolean) => void] {
  const [held, setHeld] = useState(values)
  const isEmpty = values.length === 0
  // Emptied from outside: with the button that clears all filters.
  useEffect(() => {
    if (isEmpty) setHeld([])
  }, [isEmpty])
  return [
    held,
    (value, on) => {
      const next = on ? [...held, value] : held.filter((other) => other !== value)
      setHeld(next)
      onChange(next.length ? next : null)
    },
  ]
}
