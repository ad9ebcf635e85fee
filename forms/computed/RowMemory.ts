import { sameJson, valueAt } from '../schema/valueAt.ts'
import type { FormEnvironment, Json, JsonObject } from '../types.ts'
import type { FormField } from './FormModel.ts'
import { expressionsOf } from './expressionsOf.ts'

/** What settling one row came to. Never changed afterwards. */
export interface SettledRow {
  index: number
  row: JsonObject
  typed: Record<string, unknown>
  /** By full path: shown, required, editable. */
  states: [string, boolean, boolean, boolean][]
  computedBy: [string, string][]
  /** The row as it is saved. */
  stored: JsonObject
}

interface ListMemory {
  /** What the rows' expressions read beside the row, as it was. */
  outer: Json[]
  rows: WeakMap<object, SettledRow>
  /** Rows whose turn has not come: as given. */
  waiting: WeakMap<object, SettledRow>
  /** The list of the last run, which stays the same list while its rows do. */
  last: Json[]
}

/**
 * Rows of long lists as they settled last, for a page that settles at every key: a row that nobody touched is not worked
 * out again while what its expressions read stays the same. One memory belongs to one open form (same model, record and
 * clock).
 */
export class RowMemory {
  /** How many unknown rows one run may settle; the others stay as given, and `pending` says so. */
  budget = Infinity
  pending = false
  private left = Infinity
  private readonly lists = new Map<string, ListMemory>()

  /** A run begins. */
  begin(): void {
    this.pending = false
    this.left = this.budget
  }

  /** The memory of a list as far as it still holds; null where its rows hang on each other and must all be settled. */
  of(list: FormField, value: JsonObject, env: FormEnvironment): WeakMap<object, SettledRow> | null {
    const paths = outerPaths(list)
    if (!paths) return null
    const outer = paths.map((path) => outerValue(path, value, env) ?? null)
    const known = this.lists.get(list.path)
    if (known && sameJson(known.outer, outer)) return known.rows
    const rows = new WeakMap<object, SettledRow>()
    this.lists.set(list.path, { outer, rows, waiting: new WeakMap(), last: [] })
    return rows
  }

  /** A row whose turn has not come: made once, however often it has to wait. */
  waiting(list: FormField, given: object, make: () => SettledRow): SettledRow {
    const known = this.lists.get(list.path)?.waiting
    let row = known?.get(given)
    if (!row) known?.set(given, (row = make()))
    return row ?? make()
  }

  /** These rows, as the list of the last run where nothing in it is new. */
  same(list: FormField, rows: Json[]): Json[] {
    const known = this.lists.get(list.path)
    if (!known) return rows
    const isSame = known.last.length === rows.length && rows.every((row, index) => row === known.last[index])
    return isSame ? known.last : (known.last = rows)
  }

  /** May one more unknown row be settled in this run? */
  take(): boolean {
    if (this.left <= 0) this.pending = true
    else this.left -= 1
    return !this.pending
  }
}

const readBeside = new WeakMap<FormField, string[] | null>()

/** What the expressions of a list's rows read outside the row; null when that cannot be told, or is the list itself. */
function outerPaths(list: FormField): string[] | null {
  let paths = readBeside.get(list)
  if (paths === undefined) {
    const expressions = (list.rows?.fields ?? []).flatMap(expressionsOf)
    const all = expressions.flatMap((expression) => expression.paths)
    const named = new Set(all.map((path) => path.split('.')[0]))
    const outside = [...new Set(all.filter((path) => !path.startsWith('row.')))]
    const isOpen =
      expressions.some(({ names }) => names.some((name) => name !== 'row' && !named.has(name))) ||
      outside.some((path) => !path.includes('.') || path.split('.')[1] === list.path.split('.')[0])
    readBeside.set(list, (paths = isOpen ? null : outside))
  }
  return paths
}

function outerValue(path: string, value: JsonObject, env: FormEnvironment): Json | undefined {
  const [root = '', ...rest] = path.split('.')
  const sources: Record<string, unknown> = { ...env, value, form: value }
  return valueAt(sources[root] as Json, rest.join('.'))
}
