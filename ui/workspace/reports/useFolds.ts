import { useState } from 'react'
import { outerGroups, type GroupNode } from './groupTree.ts'

/** As many lines are seen at once; with more, only the outermost groups are shown at first. */
const MOST_AT_FIRST = 40

/** Which groups are unfolded: at first those that hold others, where they are few; records are shown when asked for. */
export function useFolds(nodes: GroupNode[], lines: number) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map())
  const outer = outerGroups(nodes)
  const outerKeys = new Set(outer.map(({ key }) => key))
  const isOpen = (key: string): boolean => chosen.get(key) ?? (outerKeys.has(key) && lines <= MOST_AT_FIRST)
  return {
    isOpen,
    toggle: (key: string) => setChosen(new Map([...chosen, [key, !isOpen(key)]])),
    /** Is there anything that holds other groups? */
    hasOuter: outer.length > 0,
    /** Folds away everything else that was unfolded, or shows all groups. */
    setAll: (open: boolean) => setChosen(new Map(outer.map(({ key }) => [key, open]))),
  }
}
