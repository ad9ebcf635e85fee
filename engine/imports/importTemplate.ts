import type { Readable } from 'node:stream'
import type { FormSchema } from '#forms'
import type { Ctx } from '../context.ts'
import { toWorkbook, type Cell, type Sheet } from '../exports/index.ts'
import { catalogOf, catalogTitles, referenceOf } from '../records/index.ts'
import type { EntityInPack } from '../packs/index.ts'
import { optionsOf } from './cellValue.ts'
import { demandImport } from './demandImport.ts'
import { importKeys, importTargets, type ImportTarget } from './importTargets.ts'

/** Values of one list that a template repeats; longer lists are looked up in the system. */
const MOST_VALUES = 3000

/**
 * A workbook to fill in: the titles of all columns; a guide that says of each what is written, with an example; the
 * values that lists allow.
 */
export async function importTemplate(ctx: Ctx, key: string): Promise<{ name: string; stream: Readable }> {
  const entity = await demandImport(ctx, key)
  const targets = await importTargets(ctx, entity)
  const stream = toWorkbook([
    {
      name: 'Datos',
      sheet: table(
        targets.map(({ title }) => title),
        [],
      ),
    },
    { name: 'Guía', sheet: table(['Columna', 'Obligatorio', 'Qué se escribe', 'Ejemplo'], guideOf(entity, targets)) },
    { name: 'Valores', sheet: valuesOf(entity, targets) },
  ])
  return { name: `${key}-plantilla.xlsx`, stream }
}

function table(titles: string[], rows: Cell[][]): Sheet {
  return { title: '', notes: [], columns: titles.map((title) => ({ title, width: 28 })), batches: once(rows) }
}

// eslint-disable-next-line @typescript-eslint/require-await -- a sheet reads its rows as they come
async function* once(rows: Cell[][]): AsyncGenerator<Cell[][]> {
  yield rows
}

function guideOf(entity: EntityInPack, targets: ImportTarget[]): Cell[][] {
  const { code, fields } = importKeys(entity)
  return targets.map(({ name, title, schema, required, list, onlyFinds }) => {
    const [what, example] = explain(entity, schema)
    const notes = [
      what,
      name === code ? 'Lo da el sistema: escríbalo solo para cambiar un registro que ya existe' : '',
      fields.includes(name) ? 'Si ya existe un registro con este dato, la fila lo cambia' : '',
      list ? 'Una fila por cada línea; las siguientes repiten la clave o dejan vacío lo demás' : '',
    ]
    return [title, required ? 'Sí' : 'No', notes.filter(Boolean).join('. '), onlyFinds ? null : example]
  })
}

/** What is written in a column, and an example. */
function explain(entity: EntityInPack, schema: FormSchema): [string, string] {
  const one = schema.items ?? schema
  const [what, example] = explainOne(entity, one)
  return schema.items ? [`${what}; varios separados con punto y coma`, example] : [what, example]
}

function explainOne(entity: EntityInPack, schema: FormSchema): [string, string] {
  const [given] = (schema.examples ?? []) as unknown[]
  const example = typeof given === 'string' || typeof given === 'number' ? String(given) : null
  const choices = choicesOf(entity, schema)
  if (choices) return ['Un valor de la hoja Valores', choices[0] ?? '']
  if (referenceOf(schema)) return ['El código o el nombre de un registro que ya existe', example ?? '']
  const decimal = schema['x-decimal'] as { percent?: boolean } | undefined
  if (decimal?.percent) return ['Un porcentaje', example ?? '18%']
  if (schema['x-money'] !== undefined) return ['Un monto', example ?? '1,234.50']
  if (decimal !== undefined) return ['Un número', example ?? '12.50']
  if (schema.type === 'integer') return ['Un número entero', example ?? '10']
  if (schema.type === 'boolean') return ['Sí o No', 'Sí']
  if (schema.format === 'date') return ['Una fecha, DD/MM/AAAA', '28/07/2026']
  if (schema.format === 'date-time') return ['Fecha y hora, DD/MM/AAAA HH:MM', '28/07/2026 09:00']
  const most = typeof schema.maxLength === 'number' ? ` de hasta ${schema.maxLength} caracteres` : ''
  return [`Texto${most}`, example ?? '']
}

function choicesOf(entity: EntityInPack, schema: FormSchema): string[] | null {
  const catalog = catalogOf(schema)
  const titles = catalog && catalogTitles(entity, catalog.catalog)
  if (titles) return [...titles.values()]
  return optionsOf(schema)?.map(({ title }) => title) ?? null
}

/** A column for each field with a list of values. */
function valuesOf(entity: EntityInPack, targets: ImportTarget[]): Sheet {
  const lists = targets.flatMap(({ title, schema }) => {
    const values = choicesOf(entity, schema.items ?? schema)?.slice(0, MOST_VALUES)
    return values ? [{ title, values }] : []
  })
  const longest = Math.max(0, ...lists.map(({ values }) => values.length))
  const rows = Array.from({ length: longest }, (_, row) => lists.map(({ values }) => values[row] ?? null))
  return table(lists.length > 0 ? lists.map(({ title }) => title) : ['Sin listas de valores'], rows)
}
