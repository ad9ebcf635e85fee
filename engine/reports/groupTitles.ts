import { fieldKind } from '#definitions'
import { lowerFirst, monthTitle, plainDay, type Json } from '#forms'
import type { Ctx } from '../context.ts'
import { labelsById, referenceOf, valueTitles } from '../records/index.ts'
import type { Level, ReportInHand } from './reportInHand.ts'
import type { Group } from './rollUp.ts'

/** How the groups of a report are called, and the order they stand in. */
export interface GroupTitles {
  of: (group: Group) => string
  sorted: (groups: Group[]) => Group[]
}

export async function groupTitles(ctx: Ctx, { levels, entity }: ReportInHand, whole: Group): Promise<GroupTitles> {
  const titles = await Promise.all(
    levels.map(async (level, index): Promise<Map<string, string> | null> => {
      const target = fieldKind(level.property) === 'reference' ? referenceOf(level.property)?.entity : undefined
      if (target === undefined) return valueTitles(entity, level.property)
      return labelsById(ctx, target, [...new Set(valuesAt(whole, index))])
    }),
  )
  const titleOf = (value: Json, level: Level, index: number): string => {
    if (value === null) return `Sin ${lowerFirst(level.title)}`
    if (typeof value === 'boolean') return value ? 'Sí' : 'No'
    return titles[index]?.get(String(value)) ?? (level.by ? dayTitle(String(value), level.by) : String(value))
  }
  const of = ({ path }: Group): string => {
    const index = path.length - 1
    return titleOf(path[index] ?? null, levels[index]!, index)
  }
  const sorted = (groups: Group[]): Group[] => {
    const index = (groups[0]?.path.length ?? 1) - 1
    const level = levels[index]
    if (!level) return groups
    const options = level.property.oneOf?.map((option) => option.const as Json) ?? level.property.enum
    const compare = (a: Group, b: Group): number => {
      const [x = null, y = null] = [a.path[index], b.path[index]]
      // What has no value stands last, whatever the order.
      if (x === null || y === null) return Number(x === null) - Number(y === null)
      const order = options
        ? options.indexOf(x) - options.indexOf(y)
        : typeof x === 'number' && typeof y === 'number'
          ? x - y
          : (level.by ? String(x) : of(a)).localeCompare(level.by ? String(y) : of(b), 'es', { numeric: true })
      return level.descending ? -order : order
    }
    return [...groups].sort(compare)
  }
  return { of, sorted }
}

/** Every value of one level. */
function valuesAt(group: Group, index: number): string[] {
  if (group.path.length > index) return typeof group.path[index] === 'string' ? [group.path[index]] : []
  return group.groups.flatMap((inner) => valuesAt(inner, index))
}

/** `2026-07` → `Julio de 2026`; a day as DD/MM/AAAA. */
function dayTitle(value: string, by: 'day' | 'month' | 'year'): string {
  if (by === 'day') return plainDay(value)
  return by === 'month' ? monthTitle(value, 'es-PE') : value
}
