import { foldText } from '#forms'
import type { ImportTarget } from './importTargets.ts'

/** A title without accents, case, marks ("RUC *") and doubled blanks. */
export const foldTitle = (text: string): string =>
  foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The target of each column by its title or its name; null where none fits. No target is given twice. */
export function guessMapping(columns: string[], targets: ImportTarget[]): (string | null)[] {
  const byTitle = new Map<string, string>()
  for (const { name, title } of [...targets].reverse()) byTitle.set(foldTitle(title), name)
  for (const { name } of targets) if (!byTitle.has(foldTitle(name))) byTitle.set(foldTitle(name), name)
  const taken = new Set<string>()
  return columns.map((column) => {
    const name = byTitle.get(foldTitle(column))
    if (name === undefined || taken.has(name)) return null
    taken.add(name)
    return name
  })
}
