import { normalizeValue, type FormSchema, type Json, type JsonObject } from '#forms'
import type { ImportCell } from '../persistence/index.ts'
import { catalogOf, referenceOf } from '../records/index.ts'
import type { CellReading } from './CellReading.ts'
import { cellText, cellValue, isBlank, isEmptied } from './cellValue.ts'
import { cellOf, type ColumnPlan, type ImportUnit } from './ImportUnit.ts'
import type { ImportTarget } from './importTargets.ts'
import type { LinkFinder } from './LinkFinder.ts'

/** What a form may hold in one sub-list, and more than a person meant to. */
const MOST_PARTS = 1000

export interface ReadUnit {
  data: JsonObject
  issues: { field: string; message: string }[]
}

/**
 * The values that the rows of one record give. An empty cell gives none, so that a record keeps what it has; a sub-list
 * that any row speaks of is given whole.
 */
export async function readUnit(
  unit: ImportUnit,
  input: {
    plan: ColumnPlan
    fixed: Record<string, string>
    targets: ImportTarget[]
    links: LinkFinder
    timeZone: string
  },
): Promise<ReadUnit> {
  const { plan, links, timeZone } = input
  const data: JsonObject = {}
  const issues: ReadUnit['issues'] = []
  const fields = inOrder(input.targets.filter(({ list }) => list === null))
  for (const { name, title, schema } of fields) {
    const cell = cellOf(unit[0], plan, name)
    const given = isBlank(cell) ? (input.fixed[name] ?? null) : cell!
    if (isBlank(given)) continue
    const reading = await readCell(schema, given, data)
    // As it will be kept, so that its record is found by it.
    if ('value' in reading) data[name] = normalizeValue(schema, reading.value) ?? null
    else issues.push({ field: name, message: `${title}: ${reading.problem}` })
  }
  const columns = input.targets.filter(({ list, name }) => list !== null && plan.mapping.includes(name))
  for (const field of new Set(columns.map(({ list }) => list!.field))) await readList(field)
  return { data, issues }

  async function readList(field: string): Promise<void> {
    const own = inOrder(columns.filter(({ list }) => list!.field === field))
    const items: JsonObject[] = []
    if (unit.length > MOST_PARTS)
      issues.push({ field, message: `Son demasiadas filas para un registro: ${unit.length}` })
    for (const row of unit.slice(0, MOST_PARTS)) {
      const item: JsonObject = {}
      for (const { name, title, schema, list } of own) {
        const cell = cellOf(row, plan, name)
        if (isBlank(cell)) continue
        const reading = await readCell(schema, cell!, item)
        if ('value' in reading) item[list!.column] = reading.value
        else issues.push({ field, message: `Fila ${row.number}, ${title}: ${reading.problem}` })
      }
      if (Object.keys(item).length > 0) items.push(item)
    }
    if (items.length > 0) data[field] = items
  }

  async function readCell(schema: FormSchema, cell: ImportCell, siblings: JsonObject): Promise<CellReading> {
    if (isEmptied(cell)) return { value: null }
    if (!schema.items) return readOne(schema, cell, siblings)
    const values: Json[] = []
    for (const text of cellText(cell).split(';')) {
      if (text.trim() === '') continue
      const reading = await readOne(schema.items, text.trim(), siblings)
      if (!('value' in reading)) return reading
      values.push(reading.value)
    }
    return { value: values }
  }

  async function readOne(schema: FormSchema, cell: ImportCell, siblings: JsonObject): Promise<CellReading> {
    const isLink = catalogOf(schema) !== null || referenceOf(schema) !== null
    return isLink ? links.find(schema, cellText(cell).trim(), siblings) : cellValue(schema, cell, timeZone)
  }
}

/** What a catalogue depends on is read before it. */
function inOrder(targets: ImportTarget[]): ImportTarget[] {
  const byColumn = new Map(targets.map((target) => [target.list?.column ?? target.name, target]))
  const depth = ({ schema }: ImportTarget, seen = 0): number => {
    const above = (catalogOf(schema)?.parents ?? []).flatMap((parent) => byColumn.get(parent) ?? [])
    return seen < 6 ? Math.max(seen, ...above.map((target) => depth(target, seen + 1))) : seen
  }
  return [...targets].sort((a, b) => depth(a) - depth(b))
}
