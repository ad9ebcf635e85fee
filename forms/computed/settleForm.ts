import type { CompiledExpression } from '../expressions/compileExpression.ts'
import { ExpressionError } from '../expressions/ExpressionError.ts'
import { typedValue } from '../schema/typedValue.ts'
import { isEmpty, isObject, sameJson, valueAt, writeAt } from '../schema/valueAt.ts'
import type { FormEnvironment, Json, JsonObject } from '../types.ts'
import type { ComputedMoment, FormField, FormModel } from './FormModel.ts'
import { expressionIssue } from './expressionIssue.ts'
import { contextOf, evaluateIn, refOf } from './formContext.ts'
import { isFixed } from './isFixed.ts'
import { normalizeValue } from './normalizeValue.ts'
import { resultFor } from './resultFor.ts'
import type { SettledRow } from './RowMemory.ts'
import type { FormEvent, SettledForm, SettleOptions } from './SettledForm.ts'

/**
 * Lets everything follow from the values: normalises them, hides and drops, proposes, computes, in the order
 * of the model. Pure: the same answer on the server and in the page. Never throws for a value: a formula that
 * fails is an issue.
 */
export function settleForm(
  model: FormModel,
  value: JsonObject,
  env: FormEnvironment,
  options: SettleOptions = {},
): SettledForm {
  return new Settling(model, isObject(value) ? value : {}, env, options).run()
}

class Settling {
  private readonly value: JsonObject
  private readonly context: Record<string, unknown>
  private readonly typed: Record<string, unknown>
  private readonly fields: Map<string, FormField>
  private readonly unstored = new Set<string>()
  private readonly hidden = new Set<string>()
  private readonly result: Omit<SettledForm, 'value' | 'stored' | 'missingRefs'> = {
    visible: {},
    required: {},
    editable: {},
    computedBy: {},
    issues: [],
  }
  private readonly event: FormEvent
  private readonly touched: ReadonlySet<string> | null
  private readonly lists: Record<string, Json[]>
  /** Rows of lists as they are saved, by the row they come from: worked out with the row. */
  private readonly storedRows = new Map<string, Map<Json, JsonObject>>()

  constructor(
    private readonly model: FormModel,
    private readonly given: JsonObject,
    private readonly env: FormEnvironment,
    private readonly options: SettleOptions,
  ) {
    options.memory?.begin()
    // Rows that are remembered are neither normalised nor typed again: their lists join when it is their turn.
    const { whole, lists } = options.memory ? withoutLists(model, given) : { whole: given, lists: {} }
    this.lists = lists
    this.value = normalizeValue({ ...model.schema, properties: model.schema.properties ?? {} }, whole) as JsonObject
    this.context = contextOf(model, { ...whole, ...this.value }, env)
    this.typed = this.context.value as Record<string, unknown>
    this.fields = new Map(model.fields.map((field) => [field.path, field]))
    this.event = options.event ?? (env.record === null ? 'create' : 'edit')
    this.touched = options.touched ? new Set(options.touched) : null
  }

  run(): SettledForm {
    for (const path of this.model.order) this.settleField(this.fields.get(path)!)
    for (const field of this.model.fields) this.concludeField(field)
    let stored: JsonObject | null = null
    const store = (): JsonObject => (stored ??= this.stored())
    return {
      value: this.value,
      get stored() {
        return store()
      },
      ...this.result,
      missingRefs: this.model.refs.filter(
        (name) => !isEmpty(this.typed[name]) && refOf(name, this.typed[name], this.model, this.env) === null,
      ),
    }
  }

  private settleField(field: FormField): void {
    const { path } = field
    const list = this.lists[path]
    if (list) return this.settleList(field, list)
    const visible = this.isVisible(field)
    this.result.visible[path] = visible
    if (!visible) this.hidden.add(path)
    if (field.group) {
      if (!visible && !this.options.keepHidden) writeAt(this.value, path, undefined)
      return
    }
    if (!visible) {
      if (!this.options.keepHidden) writeAt(this.value, path, undefined)
      this.retype(field, undefined)
      return
    }
    if (field.computed) this.compute(field)
    else this.propose(field)
    if (field.rows) this.settleRows(field)
    this.retype(field, valueAt(this.value, path))
  }

  private isVisible(field: FormField): boolean {
    const parent = field.path.includes('.') ? field.path.slice(0, field.path.lastIndexOf('.')) : null
    if (parent !== null && this.hidden.has(parent)) return false
    return field.visibleWhen.every((condition) => this.test(condition, field, true))
  }

  private retype(field: FormField, value: Json | undefined): void {
    writeAt(this.typed as JsonObject, field.path, typedValue(field.schema, value) as Json)
    if (this.model.refs.includes(field.path)) this.refreshRef(field.path)
  }

  private refreshRef(name: string): void {
    const refs = this.context.ref as Record<string, unknown>
    refs[name] = refOf(name, this.typed[name], this.model, this.env)
  }

  private compute(field: FormField): void {
    const { expression, moments } = field.computed!
    this.result.computedBy[field.path] = expression.text
    if (isOnlyRead(field)) this.unstored.add(field.path)
    const due = moments.some((moment) => this.isDue(moment))
    const value = due ? this.formula(expression, field) : (valueAt(this.env.record ?? {}, field.path) ?? null)
    writeAt(this.value, field.path, value)
  }

  private isDue(moment: ComputedMoment): boolean {
    const { event } = this
    switch (moment.on) {
      case 'always':
      case 'read':
        return true
      case 'create':
        return event === 'create'
      case 'enter':
        return (
          (typeof event === 'object' && 'enter' in event && event.enter === moment.state) || this.enters(moment.state)
        )
      case 'change':
        return (
          (typeof event === 'object' && 'change' in event && event.change.includes(moment.field)) ||
          this.hasChanged(moment.field)
        )
    }
  }

  private enters(state: string): boolean {
    const field = this.model.fields.find((candidate) => candidate.schema['x-state'] === true)
    return field !== undefined && valueAt(this.value, field.path) === state && this.hasChanged(field.path)
  }

  private hasChanged(path: string): boolean {
    const before = normalizeValue(this.fields.get(path)?.schema ?? {}, valueAt(this.env.record ?? {}, path))
    return !sameJson(valueAt(this.value, path) ?? null, before ?? null)
  }

  /** The value of a formula, fitted to its field; null, with an issue, when it fails. */
  private formula(expression: CompiledExpression, field: FormField, row?: RowContext): Json {
    try {
      return resultFor(field, evaluateIn(expression, this.scope(row), this.env), this.env.timeZone)
    } catch (error) {
      this.fail(expression, field, error, row)
      return null
    }
  }

  private propose(field: FormField): void {
    const { path } = field
    const fallback = field.schema.default
    if (!field.proposal && fallback === undefined) return
    if (!this.proposes(field)) return
    const proposed =
      (field.proposal ? this.formula(field.proposal, field) : null) ?? normalizeValue(field.schema, fallback)
    if (proposed !== undefined && proposed !== null) writeAt(this.value, path, proposed)
    else if (this.touched && field.proposal && valueAt(this.value, path) !== undefined) writeAt(this.value, path, null)
  }

  private proposes(field: FormField): boolean {
    const { path } = field
    // A property of the form itself has no saved value to be careful with.
    const isNew = this.env.record === null || this.event === 'create' || field.schema['x-form'] === true
    const given = valueAt(this.given, path)
    if (!this.touched) return isNew && given === undefined && !hasKey(this.given, path)
    if (this.touched.has(path)) return false
    if (!field.proposal) return isNew && isEmpty(given)
    return isNew || this.inputsChanged(field.proposal)
  }

  /** On a saved record a proposal follows only when what it reads is no longer as it was saved. */
  private inputsChanged(expression: CompiledExpression): boolean {
    return expression.paths.some((path) => {
      const [root, ...rest] = path.split('.')
      if (root !== 'value' && root !== 'form' && root !== 'ref') return false
      const source = root === 'ref' ? rest[0]! : rest.join('.')
      const before = valueAt(this.env.record ?? {}, source) ?? null
      return !sameJson(valueAt(this.value, source) ?? null, before)
    })
  }

  /** A list whose rows may be remembered. */
  private settleList(field: FormField, given: Json[]): void {
    const { path } = field
    const visible = this.isVisible(field)
    this.result.visible[path] = visible
    if (!visible) {
      this.hidden.add(path)
      if (this.options.keepHidden) this.value[path] = given
      return this.retype(field, undefined)
    }
    const memory = this.options.memory
    const known = memory?.of(field, this.value, this.env)
    const { main } = field.rows!
    const typed: unknown[] = []
    const stored = new Map<Json, JsonObject>()
    const rows = given.map((row, index): Json => {
      const remembered = isObject(row) ? known?.get(row) : undefined
      const settled = remembered?.index === index ? remembered : this.newRow(field, row, index, known ?? null)
      typed.push(settled.typed)
      stored.set(settled.row, settled.stored)
      for (const [place, shown, required, editable] of settled.states) {
        this.result.visible[place] = shown
        this.result.required[place] = required
        this.result.editable[place] = editable
      }
      for (const [place, text] of settled.computedBy) this.result.computedBy[place] = text
      return settled.row
    })
    const isMarked = !main || rows.length === 0 || rows.some((row) => isObject(row) && row[main] === true)
    this.value[path] = isMarked ? (memory?.same(field, rows) ?? rows) : withFirst(rows, main)
    this.typed[path] = typed
    this.storedRows.set(path, stored)
  }

  private newRow(field: FormField, given: Json, index: number, known: WeakMap<object, SettledRow> | null): SettledRow {
    const { memory } = this.options
    const asGiven = (): SettledRow => {
      const row = (normalizeValue(field.schema.items ?? {}, given) ?? {}) as JsonObject
      const typed = typedValue(field.schema.items ?? {}, row) as Record<string, unknown>
      return { index, row, typed, states: [], computedBy: [], stored: row }
    }
    if (!isObject(given)) return asGiven()
    if (known && memory && !memory.take()) return memory.waiting(field, given, asGiven)
    const settled = asGiven()
    const told = this.result.issues.length
    this.settleRow(field, settled.row, index, settled.typed)
    settled.stored = storedRow(field, settled.row)
    const place = `${field.path}.${index}`
    for (const column of field.rows!.fields) {
      const path = `${place}.${column.path}`
      const { visible, required, editable, computedBy } = this.result
      settled.states.push([path, visible[path] === true, required[path] === true, editable[path] === true])
      const formula = computedBy[path]
      if (formula !== undefined) settled.computedBy.push([path, formula])
    }
    // What failed is told each time.
    if (this.result.issues.length === told) known?.set(given, settled)
    return settled
  }

  private settleRows(field: FormField): void {
    const rows = valueAt(this.value, field.path)
    if (!Array.isArray(rows)) return
    const { main } = field.rows!
    const typedRows = typedValue(field.schema, rows) as unknown[]
    this.retype(field, rows)
    rows.forEach((row, index) => {
      if (isObject(row)) this.settleRow(field, row, index, typedRows[index] as Record<string, unknown>)
    })
    if (main && rows.length > 0 && rows.every((row) => isObject(row) && row[main] !== true)) {
      const [first] = rows
      if (isObject(first)) first[main] = true
    }
  }

  private settleRow(list: FormField, row: JsonObject, index: number, typedRow: Record<string, unknown>): void {
    const at: RowContext = { row: typedRow, path: `${list.path}.${index}` }
    const saved = savedRow(valueAt(this.env.record ?? {}, list.path), row, index)
    const given = valueAt(this.given, at.path)
    const hidden = new Set<string>()
    for (const field of list.rows!.fields) {
      const path = `${at.path}.${field.path}`
      const parent = field.path.includes('.') ? field.path.slice(0, field.path.lastIndexOf('.')) : null
      const visible =
        !(parent !== null && hidden.has(parent)) &&
        field.visibleWhen.every((condition) => this.test(condition, field, true, at))
      this.result.visible[path] = visible
      if (!visible) {
        hidden.add(field.path)
        writeAt(row, field.path, undefined)
      } else if (field.computed) {
        this.result.computedBy[path] = field.computed.expression.text
        writeAt(row, field.path, this.formula(field.computed.expression, field, at) ?? undefined)
      } else if (!saved && !hasKey(isObject(given) ? given : {}, field.path) && !this.touched?.has(path)) {
        const proposed =
          (field.proposal ? this.formula(field.proposal, field, at) : null) ??
          normalizeValue(field.schema, field.schema.default)
        if (proposed !== undefined && proposed !== null) writeAt(row, field.path, proposed)
      }
      if (!field.group)
        writeAt(typedRow as JsonObject, field.path, typedValue(field.schema, valueAt(row, field.path)) as Json)
    }
    for (const field of list.rows!.fields) this.concludeRowField(field, row, at)
  }

  private concludeField(field: FormField): void {
    const { path } = field
    const visible = this.result.visible[path] === true
    this.result.required[path] =
      visible && (field.required || (field.requiredWhen !== null && this.test(field.requiredWhen, field, false)))
    this.result.editable[path] =
      visible &&
      !field.locked &&
      !field.computed &&
      !isFixed(field, this.model, this.env) &&
      (field.editableWhen === null || this.test(field.editableWhen, field, true))
  }

  private concludeRowField(field: FormField, row: JsonObject, at: RowContext): void {
    const path = `${at.path}.${field.path}`
    const visible = this.result.visible[path] === true
    this.result.required[path] =
      visible && (field.required || (field.requiredWhen !== null && this.test(field.requiredWhen, field, false, at)))
    this.result.editable[path] =
      visible &&
      !field.locked &&
      !field.computed &&
      (field.editableWhen === null || this.test(field.editableWhen, field, true, at))
  }

  /** A condition: true or not (null is not). One that fails is an issue, and counts as `otherwise`. */
  private test(condition: CompiledExpression, field: FormField, otherwise: boolean, row?: RowContext): boolean {
    try {
      const holds = evaluateIn(condition, this.scope(row), this.env)
      if (typeof holds === 'boolean' || holds === null) return holds === true
      throw new ExpressionError(condition.text, 'La condición no da sí o no')
    } catch (error) {
      this.fail(condition, field, error, row)
      return otherwise
    }
  }

  private scope(row?: RowContext): Record<string, unknown> {
    return row ? { ...this.context, row: row.row } : this.context
  }

  private fail(expression: CompiledExpression, field: FormField, error: unknown, row?: RowContext): void {
    const path = row ? `${row.path}.${field.path}` : field.path
    this.result.issues.push(expressionIssue(path, field.title, expression.text, error))
  }

  private stored(): JsonObject {
    const { properties = {} } = this.model.schema
    const others = Object.fromEntries(Object.entries(this.value).filter(([name]) => !this.storedRows.has(name)))
    const stored = normalizeValue({ properties }, others) as JsonObject
    for (const list of this.model.fields) {
      const known = this.storedRows.get(list.path)
      const rows = list.rows ? valueAt(known ? this.value : stored, list.path) : undefined
      if (!Array.isArray(rows)) continue
      if (known) stored[list.path] = rows.map((row) => known.get(row) ?? (isObject(row) ? storedRow(list, row) : row))
      else for (const row of rows) if (isObject(row)) dropRead(list, row)
    }
    for (const path of [...this.hidden, ...this.unstored]) writeAt(stored, path, undefined)
    return stored
  }
}

/** A row as it is saved: normalised, without what is only read. */
function storedRow(list: FormField, row: JsonObject): JsonObject {
  const stored = (normalizeValue(list.schema.items ?? {}, row) ?? {}) as JsonObject
  dropRead(list, stored)
  return stored
}

function dropRead(list: FormField, row: JsonObject): void {
  for (const field of list.rows!.fields) if (isOnlyRead(field)) writeAt(row, field.path, undefined)
}

/** The value without its lists of rows, and these by themselves. */
function withoutLists(model: FormModel, given: JsonObject): { whole: JsonObject; lists: Record<string, Json[]> } {
  const whole = { ...given }
  const lists: Record<string, Json[]> = {}
  for (const { path, rows, computed, proposal } of model.fields) {
    const value = whole[path]
    // A list that a formula makes is made each time.
    if (!rows || computed || proposal || !Array.isArray(value) || value.length === 0) continue
    lists[path] = value
    delete whole[path]
  }
  return { whole, lists }
}

function withFirst(rows: Json[], main: string): Json[] {
  return rows.map((row, index) => (index === 0 && isObject(row) ? { ...row, [main]: true } : row))
}

interface RowContext {
  row: Record<string, unknown>
  /** `lineas.0` */
  path: string
}

function isOnlyRead(field: FormField): boolean {
  return field.computed?.moments.every((moment) => moment.on === 'read') ?? false
}

function hasKey(root: JsonObject, path: string): boolean {
  const dot = path.lastIndexOf('.')
  const parent = dot < 0 ? root : valueAt(root, path.slice(0, dot))
  return isObject(parent) && Object.hasOwn(parent, path.slice(dot + 1))
}

/** The saved row that a row continues: the one with its id, else the one in its place. */
function savedRow(saved: Json | undefined, row: JsonObject, index: number): JsonObject | null {
  if (!Array.isArray(saved)) return null
  const found = row.id === undefined ? saved[index] : saved.find((other) => isObject(other) && other.id === row.id)
  return isObject(found) ? found : null
}
