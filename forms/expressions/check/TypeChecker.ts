import type { FormSchema } from '../../types.ts'
import type { CompareOperator, FeelIterator, FeelNode } from '../FeelNode.ts'
import { segmentsOf } from '../FeelNode.ts'
import { FEEL_FUNCTIONS } from '../feelFunctions.ts'
import { labelOf, toFeelDate, type FeelType } from '../feelValues.ts'
import type { ExpressionFinding } from './ExpressionFinding.ts'
import { hostResult } from './hostResult.ts'
import { ANYTHING, known, typeOfSchema, type StaticType } from './StaticType.ts'

/** Names in reach: an element's own first. */
interface Scope {
  names: Record<string, StaticType>
  outer: Scope | null
  /** Inside a filter over rows that are not known, any name may be a column. */
  isOpen?: boolean
}

const ORDERED: ReadonlySet<string> = new Set([
  'number',
  'string',
  'date',
  'date time',
  'time',
  'duration',
  'months',
  'any',
  'null',
])
const TEMPORAL: ReadonlySet<string> = new Set(['date', 'date time', 'time'])
const DURATION: ReadonlySet<string> = new Set(['duration', 'months'])
const TOTALS: ReadonlySet<string> = new Set(['sum', 'min', 'max', 'mean'])

const DATE_PARTS = 'year month day weekday'.split(' ')
const TIME_PARTS = 'hour minute second'.split(' ')
const PARTS: Partial<Record<FeelType, string[]>> = {
  date: DATE_PARTS,
  'date time': [...DATE_PARTS, ...TIME_PARTS],
  time: TIME_PARTS,
  duration: ['days', 'hours', 'minutes', 'seconds'],
  months: ['years', 'months'],
}

/** Walks a tree once, infers the type of every part and notes what cannot be right. */
export class TypeChecker {
  readonly findings: ExpressionFinding[] = []

  constructor(private readonly functions: ReadonlySet<string> | null) {}

  check(node: FeelNode, scope: Record<string, FormSchema>): StaticType {
    const names = Object.fromEntries(Object.entries(scope).map(([name, schema]) => [name, typeOfSchema(schema, false)]))
    return this.infer(node, { names, outer: null })
  }

  private note(code: ExpressionFinding['code'], message: string, more: Partial<ExpressionFinding> = {}): void {
    this.findings.push({ code, message, ...more })
  }

  private infer(node: FeelNode, scope: Scope): StaticType {
    switch (node.kind) {
      case 'literal':
        return literalType(node.value)
      case 'name':
        return this.name(node.name, scope)
      case 'path':
        return this.path(node, scope)
      case 'compare':
        return this.compare(node.op, this.infer(node.left, scope), this.infer(node.right, scope))
      case 'between':
        return this.between(node, scope)
      case 'in':
        return this.isIn(node, scope)
      case 'and':
      case 'or': {
        const [left, right] = [this.condition(node.left, scope), this.condition(node.right, scope)]
        return known('boolean', left.canBeNull || right.canBeNull)
      }
      case 'not':
        return known('boolean', this.condition(node.value, scope).canBeNull)
      case 'arithmetic':
        return this.arithmetic(node, this.infer(node.left, scope), this.infer(node.right, scope))
      case 'negate':
        return this.negate(this.infer(node.value, scope))
      case 'if': {
        this.condition(node.condition, scope)
        return this.either(this.infer(node.then, scope), this.infer(node.else, scope))
      }
      case 'call':
        return this.call(node, scope)
      case 'index':
        return { ...(this.listOf(node.list, scope).items ?? ANYTHING), canBeNull: true }
      case 'filter': {
        const list = this.listOf(node.list, scope)
        this.condition(node.condition, elementScope(list.items ?? ANYTHING, scope))
        return list
      }
      case 'some':
      case 'every': {
        const { inner, canBeNull } = this.iterate(node.iterators, scope)
        this.condition(node.condition, inner)
        return known('boolean', canBeNull)
      }
      case 'for': {
        const { inner, canBeNull } = this.iterate(node.iterators, scope)
        return { ...known('list', canBeNull), items: this.infer(node.body, inner) }
      }
      case 'list': {
        const items = node.items.map((item) => this.infer(item, scope))
        return { ...known('list'), items: items.length > 0 ? items.reduce((a, b) => this.either(a, b)) : ANYTHING }
      }
      case 'context':
        for (const entry of node.entries) this.infer(entry.value, scope)
        return { ...ANYTHING, canBeNull: false }
    }
  }

  private name(name: string, scope: Scope): StaticType {
    const names: string[] = []
    let isOpen = false
    for (let at: Scope | null = scope; at; at = at.outer) {
      if (Object.hasOwn(at.names, name)) return at.names[name]!
      isOpen ||= at.isOpen === true
      names.push(...Object.keys(at.names))
    }
    if (isOpen) return ANYTHING
    this.note('feel-name', `«${name}» no existe aquí`, { path: name, known: names })
    return ANYTHING
  }

  private path(node: FeelNode & { kind: 'path' }, scope: Scope): StaticType {
    const segments = segmentsOf(node)
    if (segments && segments[0] === 'ref' && segments.filter((segment) => segment === 'ref').length > 2) {
      const text = segments.join('.')
      this.note('feel-name', `«${text}» da un tercer salto: se llega hasta la referencia de una referencia`, {
        path: text,
      })
      return ANYTHING
    }
    return this.entry(this.infer(node.object, scope), node.property, segments?.join('.') ?? node.property)
  }

  private entry(target: StaticType, property: string, path: string): StaticType {
    if (target.type === 'any') return ANYTHING
    if (target.type === 'null') return target
    if (target.type === 'list') {
      return { ...known('list', target.canBeNull), items: this.entry(target.items ?? ANYTHING, property, path) }
    }
    if (target.type === 'context') {
      const entries = target.entries
      if (!entries) return ANYTHING
      if (Object.hasOwn(entries, property)) {
        return typeOfSchema(entries[property]!, target.canBeNull || !target.required.has(property))
      }
      this.note('feel-name', `«${path}» no existe: no hay «${property}»`, { path, known: Object.keys(entries) })
      return ANYTHING
    }
    const parts = PARTS[target.type] ?? []
    if (parts.includes(property)) return known('number', target.canBeNull)
    this.note('feel-type', `«${path}»: un valor de tipo ${labelOf(target.type)} no tiene «${property}»`, {
      path,
      known: parts,
    })
    return ANYTHING
  }

  private compare(op: CompareOperator, left: StaticType, right: StaticType): StaticType {
    const isOrder = op !== '=' && op !== '!='
    const hasNull = left.type === 'null' || right.type === 'null'
    const result = known('boolean', isOrder && (left.canBeNull || right.canBeNull))
    if (hasNull && !isOrder) return result
    if (left.isDecimal || right.isDecimal) {
      const name = { '=': 'eq', '!=': 'eq', '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' }[op]
      this.note('feel-decimal', `Un importe no se compara con «${op}»; use money.${name}`)
      return result
    }
    if (isOrder && !(ORDERED.has(left.type) && ORDERED.has(right.type))) {
      const unordered = ORDERED.has(left.type) ? right : left
      this.note('feel-type', `No hay orden entre valores de tipo ${label(unordered)}`)
    } else if (!comparable(left, right)) {
      this.note('feel-type', `No se puede comparar ${label(left)} con ${label(right)}`)
    }
    return result
  }

  private between(node: FeelNode & { kind: 'between' }, scope: Scope): StaticType {
    const value = this.infer(node.value, scope)
    const low = this.compare('>=', value, this.infer(node.low, scope))
    const high = this.compare('<=', value, this.infer(node.high, scope))
    return known('boolean', low.canBeNull || high.canBeNull)
  }

  private isIn(node: FeelNode & { kind: 'in' }, scope: Scope): StaticType {
    const value = this.infer(node.value, scope)
    let canBeNull = false
    for (const test of node.tests) {
      if (test.kind === 'range') {
        const low = this.compare('>=', value, this.infer(test.low, scope))
        const high = this.compare('<=', value, this.infer(test.high, scope))
        canBeNull ||= low.canBeNull || high.canBeNull
      } else if (test.kind === 'compare') {
        canBeNull ||= this.compare(test.op, value, this.infer(test.value, scope)).canBeNull
      } else {
        const other = this.infer(test.value, scope)
        canBeNull ||= other.canBeNull
        this.compare('=', value, other.type === 'list' ? (other.items ?? ANYTHING) : other)
      }
    }
    return known('boolean', canBeNull)
  }

  private condition(node: FeelNode, scope: Scope): StaticType {
    const type = this.infer(node, scope)
    if (type.type !== 'boolean' && type.type !== 'any' && type.type !== 'null') {
      this.note('feel-type', `Se espera sí o no, no ${label(type)}`)
    }
    return type
  }

  /** The type of a value that is one of two. */
  private either(a: StaticType, b: StaticType): StaticType {
    const canBeNull = a.canBeNull || b.canBeNull
    if (a.type === 'null') return { ...b, canBeNull: true, literal: null }
    if (b.type === 'null') return { ...a, canBeNull: true, literal: null }
    if (a.type === 'any' || b.type === 'any') return { ...ANYTHING, canBeNull }
    if (a.type === b.type) {
      const isDecimal =
        (a.isDecimal || isDecimalText(a)) && (b.isDecimal || isDecimalText(b)) && (a.isDecimal || b.isDecimal)
      const literal = isDecimalText(a) && isDecimalText(b) ? a.literal : null
      const items = a.items && b.items ? this.either(a.items, b.items) : (a.items ?? b.items)
      return { ...a, isDecimal, canBeNull, literal, items }
    }
    this.note('feel-type', `Un valor no puede ser unas veces ${label(a)} y otras ${label(b)}`)
    return { ...ANYTHING, canBeNull }
  }

  private arithmetic(node: FeelNode & { kind: 'arithmetic' }, left: StaticType, right: StaticType): StaticType {
    const { op } = node
    const canBeNull = left.canBeNull || right.canBeNull || op === '/'
    if (left.isDecimal || right.isDecimal) {
      const name = { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide', '**': 'multiply' }[op]
      this.note('feel-decimal', `Un importe no se calcula con «${op}»; use money.${name}`)
      return ANYTHING
    }
    const [a, b] = [left.type, right.type]
    if (a === 'null' || b === 'null') return known('null', true)
    if (a === 'any' || b === 'any') return { ...ANYTHING, canBeNull }
    if (a === 'number' && b === 'number') return known('number', canBeNull)
    if (a === 'string' && b === 'string' && op === '+') return known('string', canBeNull)
    if (TEMPORAL.has(a) && DURATION.has(b) && (op === '+' || op === '-')) return known(a, canBeNull)
    if (DURATION.has(a) && TEMPORAL.has(b) && op === '+') return known(b, canBeNull)
    if (TEMPORAL.has(a) && a === b && op === '-') return known('duration', canBeNull)
    if (DURATION.has(a) && a === b && (op === '+' || op === '-')) return known(a, canBeNull)
    this.note('feel-type', `No se puede calcular ${label(left)} ${op} ${label(right)}`)
    return ANYTHING
  }

  private negate(value: StaticType): StaticType {
    if (value.isDecimal) this.note('feel-decimal', 'Un importe cambia de signo con money.subtract("0", …)')
    else if (value.type !== 'number' && value.type !== 'any') {
      this.note('feel-type', `No se puede cambiar el signo de ${label(value)}`)
    }
    return known('number', value.canBeNull)
  }

  private call(node: FeelNode & { kind: 'call' }, scope: Scope): StaticType {
    const { name } = node
    const args = node.args.map((arg) => this.infer(arg, scope))
    const canBeNull = args.some((arg) => arg.canBeNull)
    if (name === 'today') return known('date')
    if (name === 'now') return known('date time')
    const signature = Object.hasOwn(FEEL_FUNCTIONS, name) ? FEEL_FUNCTIONS[name]! : null
    if (!signature) return this.hostCall(name, args, canBeNull)
    if (TOTALS.has(name)) this.total(name, args)
    const { parameters, required, variadic } = signature
    if (args.length < required || (!variadic && args.length > parameters.length)) {
      this.note('feel-type', `«${name}» no lleva ${args.length} datos`)
    }
    args.forEach((arg, index) => this.argument(name, parameters[Math.min(index, parameters.length - 1)]!, arg))
    if (name === 'duration' || name === '@') return temporalLiteral(name, args[0])
    const result = known(signature.result, canBeNull || TOTALS.has(name))
    return result.type === 'list' ? { ...result, items: this.itemsOf(name, args) } : result
  }

  /** What the list that a function gives is made of. */
  private itemsOf(name: string, args: StaticType[]): StaticType {
    const [first, ...others] = args
    // A list that is not there brings nothing of its own.
    const items = first?.type === 'null' ? first : (first?.items ?? ANYTHING)
    if (name === 'append') return others.reduce((all, other) => this.either(all, other), items)
    if (name === 'index of') return known('number')
    if (name === 'flatten') return ANYTHING
    return others
      .filter((other) => other.type === 'list')
      .reduce((all, other) => this.either(all, other.items ?? ANYTHING), items)
  }

  private hostCall(name: string, args: StaticType[], canBeNull: boolean): StaticType {
    if (name.startsWith('money.')) this.amounts(name, args)
    if (name.startsWith('text.')) args.forEach((arg) => this.argument(name, 'string', arg))
    if (this.functions && !this.functions.has(name)) {
      this.note('feel-name', `No existe la función «${name}»`, { path: name, known: [...this.functions] })
    }
    return { ...hostResult(name), canBeNull: canBeNull || hostResult(name).canBeNull }
  }

  private amounts(name: string, args: StaticType[]): void {
    const given = name === 'money.convert' ? args.slice(0, 1) : args
    for (const arg of given) {
      const amount = name === 'money.sum' && arg.type === 'list' ? (arg.items ?? ANYTHING) : arg
      const isList = name !== 'money.sum' || arg.type === 'list' || arg.type === 'any' || arg.type === 'null'
      const isAmount = amount.isDecimal || isDecimalText(amount) || ['number', 'any', 'null'].includes(amount.type)
      if (!isAmount || !isList)
        this.note('feel-type', `«${name}» necesita ${isList ? 'importes' : 'una lista'}, no ${label(arg)}`)
    }
  }

  private total(name: string, args: StaticType[]): void {
    const summed = args.map((arg) => (arg.type === 'list' ? (arg.items ?? ANYTHING) : arg))
    if (summed.some((item) => item.isDecimal)) {
      this.note('feel-decimal', `Los importes no se calculan con «${name}»; use money.${name === 'sum' ? 'sum' : 'gt'}`)
    } else if (summed.some((item) => item.type !== 'number' && item.type !== 'any' && item.type !== 'null')) {
      this.note('feel-type', `«${name}» necesita números`)
    }
  }

  private argument(name: string, wanted: string, given: StaticType): void {
    if (wanted === 'any' || given.type === 'any' || given.type === 'null' || given.type === wanted) return
    const isDay =
      given.type === 'date' ||
      given.type === 'date time' ||
      (given.literal !== null && toFeelDate(given.literal) !== null)
    if (wanted === 'day' && isDay) return
    const need = wanted === 'day' ? 'una fecha' : labelOf(wanted as FeelType)
    this.note('feel-type', `«${name}» necesita ${need}, no ${label(given)}`)
  }

  private listOf(node: FeelNode, scope: Scope): StaticType {
    const list = this.infer(node, scope)
    if (list.type === 'list') return list
    if (list.type !== 'any' && list.type !== 'null') this.note('feel-type', `Se espera una lista, no ${label(list)}`)
    return { ...known('list', true), items: list.type === 'null' ? list : ANYTHING }
  }

  private iterate(iterators: FeelIterator[], scope: Scope): { inner: Scope; canBeNull: boolean } {
    let inner = scope
    let canBeNull = false
    for (const { name, over, to } of iterators) {
      if (to) {
        for (const bound of [this.infer(over, inner), this.infer(to, inner)]) {
          if (bound.type !== 'number' && bound.type !== 'any') this.note('feel-type', 'Un rango va de un entero a otro')
        }
        inner = { names: { [name]: known('number') }, outer: inner }
      } else {
        const list = this.listOf(over, inner)
        canBeNull ||= list.canBeNull
        inner = { names: { [name]: list.items ?? ANYTHING }, outer: inner }
      }
    }
    return { inner, canBeNull }
  }
}

function literalType(value: null | boolean | number | string): StaticType {
  if (value === null) return known('null', true)
  if (typeof value === 'string') return { ...known('string'), literal: value }
  return known(typeof value === 'number' ? 'number' : 'boolean')
}

/** An amount written in the expression: "0.18". */
function isDecimalText(type: StaticType): boolean {
  return type.literal !== null && /^-?\d+(\.\d+)?$/.test(type.literal)
}

function label(type: StaticType): string {
  if (type.isDecimal) return 'un importe'
  return type.type === 'any' ? 'cualquier valor' : labelOf(type.type)
}

function comparable(a: StaticType, b: StaticType): boolean {
  if ([a.type, b.type].some((type) => type === 'any' || type === 'null')) return true
  if (a.type === 'list' && b.type === 'list') return comparable(a.items ?? ANYTHING, b.items ?? ANYTHING)
  if (a.type === 'context' && b.type === 'context') return a.entries === b.entries || !a.entries || !b.entries
  if (a.type === b.type) return true
  // A date written as text beside a date is read as one.
  return isDayText(a, b) || isDayText(b, a)
}

function isDayText(text: StaticType, day: StaticType): boolean {
  if (text.literal === null || (day.type !== 'date' && day.type !== 'date time')) return false
  const read = toFeelDate(text.literal)
  return read !== null && 'hour' in read === (day.type === 'date time')
}

function elementScope(element: StaticType, outer: Scope): Scope {
  if (element.type === 'any') return { names: { item: ANYTHING }, outer, isOpen: true }
  const columns = Object.entries(element.entries ?? {}).map(([name, schema]): [string, StaticType] => [
    name,
    typeOfSchema(schema, !element.required.has(name)),
  ])
  return { names: { ...Object.fromEntries(columns), item: element }, outer }
}

/** `duration("P1M")` counts months, `duration("P30D")` days; `@"…"` may be any date. */
function temporalLiteral(name: string, text: StaticType | undefined): StaticType {
  if (text?.literal === null || text === undefined) return name === '@' ? ANYTHING : known('duration', true)
  if (/^-?P/.test(text.literal)) return known(/^-?P(\d+Y)?(\d+M)?$/.test(text.literal) ? 'months' : 'duration')
  const day = toFeelDate(text.literal)
  return day ? known('hour' in day ? 'date time' : 'date') : ANYTHING
}
