import { dateAndTime } from 'feelin'
import type { ExpressionFunctions } from '../types.ts'
import { ComparisonError, compareFeel } from './compareFeel.ts'
import { computeArithmetic } from './computeArithmetic.ts'
import { callFeelFunction, isFeelFunctionName } from './feelFunctions.ts'
import type { FeelIterator, FeelNode, FeelTest } from './FeelNode.ts'
import { labelOf, toFeelDate, toJson, typeOf } from './feelValues.ts'
import { todayIn, wallClockIn } from './todayIn.ts'

/** Rows that one evaluation may visit in `for`, `some`, `every` and filters. */
const MAX_STEPS = 200_000

export interface EvaluationOptions {
  /** By full name: `money.add`. */
  functions: ExpressionFunctions
  /** The current instant: `now()`, and with `timeZone` `today()`. */
  now: Date
  /** IANA name. */
  timeZone: string
  /**
   * Top-level names below which an absent entry reads as null, because the caller has checked the names
   * against the schemas beforehand. Everywhere else an absent name is an error.
   */
  absent?: readonly string[]
}

/** Names in reach: those of a filter or loop first, then the ones outside. */
interface Scope {
  names: Record<string, unknown>
  outer: Scope | null
  /** Inside a filter, the element: its entries are names too. */
  element?: boolean
}

/**
 * Evaluates a tree strictly: a wrong name, type or function throws where feelin would only warn, or not even
 * that. Values stay FEEL values (dates are FEEL dates).
 * @throws ComparisonError with the reason
 */
export function evaluateFeel(node: FeelNode, context: Record<string, unknown>, options: EvaluationOptions): unknown {
  return new Evaluation(options).value(node, { names: context, outer: null })
}

class Evaluation {
  private steps = 0
  private readonly absent: ReadonlySet<string>

  constructor(private readonly options: EvaluationOptions) {
    this.absent = new Set(options.absent)
  }

  value(node: FeelNode, scope: Scope): unknown {
    switch (node.kind) {
      case 'literal':
        return node.value
      case 'name':
        return this.lookUp(node.name, scope)
      case 'path':
        return this.entry(this.value(node.object, scope), node.property, this.isLenient(node, scope))
      case 'compare':
        return this.compare(node.op, this.value(node.left, scope), this.value(node.right, scope))
      case 'between':
        return this.within(this.value(node.value, scope), this.value(node.low, scope), this.value(node.high, scope))
      case 'in':
        return this.isIn(this.value(node.value, scope), node.tests, scope)
      case 'and':
      case 'or':
        return this.junction(node.kind, node.left, node.right, scope)
      case 'not': {
        const value = this.condition(node.value, scope)
        return value === null ? null : !value
      }
      case 'arithmetic':
        return computeArithmetic(node.op, this.value(node.left, scope), this.value(node.right, scope))
      case 'negate':
        return this.negate(this.value(node.value, scope))
      case 'if':
        return this.value(this.condition(node.condition, scope) === true ? node.then : node.else, scope)
      case 'call':
        return this.call(node.name, node.args, scope)
      case 'index':
        return this.index(this.value(node.list, scope), node.index)
      case 'filter':
        return this.filter(this.value(node.list, scope), node.condition, scope)
      case 'some':
      case 'every':
        return this.quantified(node.kind, node.iterators, node.condition, scope)
      case 'for': {
        const scopes = this.iterate(node.iterators, scope)
        return scopes && scopes.map((inner) => this.value(node.body, inner))
      }
      case 'list':
        return node.items.map((item) => this.value(item, scope))
      case 'context':
        return Object.fromEntries(node.entries.map(({ key, value }) => [key, this.value(value, scope)]))
    }
  }

  private lookUp(name: string, scope: Scope): unknown {
    let inElement = false
    for (let at: Scope | null = scope; at; at = at.outer) {
      if (Object.hasOwn(at.names, name)) return at.names[name] ?? null
      inElement ||= at.element === true
    }
    // An element of a list may lack an empty column.
    if (inElement && this.absent.size > 0) return null
    throw new ComparisonError(`No existe «${name}»`)
  }

  /** Rows of a lenient list are as lenient as the list. */
  private isLenient(node: FeelNode, scope: Scope): boolean {
    let root = node
    while (root.kind === 'path' || root.kind === 'filter' || root.kind === 'index') {
      root = root.kind === 'path' ? root.object : root.list
    }
    if (root.kind !== 'name' || this.absent.size === 0) return false
    for (let at = scope; at.outer; at = at.outer) if (Object.hasOwn(at.names, root.name)) return true
    return this.absent.has(root.name)
  }

  private entry(target: unknown, property: string, lenient: boolean): unknown {
    if (target === null || target === undefined) return null
    if (Array.isArray(target)) return target.map((item) => this.entry(item, property, lenient))
    const type = typeOf(target)
    if (type === 'context') {
      const record = target as Record<string, unknown>
      if (Object.hasOwn(record, property)) return record[property] ?? null
      if (lenient) return null
      throw new ComparisonError(`No existe «${property}»`)
    }
    if (typeof target === 'string') {
      const day = toFeelDate(target)
      if (day) return this.entry(day, property, false)
    }
    if (typeof target === 'object' && DATE_PARTS.has(property) && property in target) {
      return (target as Record<string, unknown>)[property] ?? null
    }
    throw new ComparisonError(`«${property}» no es parte de un valor de tipo ${labelOf(type)}`)
  }

  private compare(op: Parameters<typeof compareFeel>[0], left: unknown, right: unknown): boolean | null {
    return compareFeel(op, left, right, this.options.timeZone)
  }

  private within(value: unknown, low: unknown, high: unknown, lowIn = true, highIn = true): boolean | null {
    const above = this.compare(lowIn ? '>=' : '>', value, low)
    const below = this.compare(highIn ? '<=' : '<', value, high)
    if (above === false || below === false) return false
    return above === null || below === null ? null : true
  }

  /** Any test that holds decides; otherwise an unknown one (null list) makes the whole unknown. */
  private isIn(value: unknown, tests: FeelTest[], scope: Scope): boolean | null {
    let unknown = false
    for (const test of tests) {
      const result = this.holds(value, test, scope, tests.length === 1)
      if (result === true) return true
      if (result === null) unknown = true
    }
    return unknown ? null : false
  }

  private holds(value: unknown, test: FeelTest, scope: Scope, alone: boolean): boolean | null {
    if (test.kind === 'compare') return this.compare(test.op, value, this.value(test.value, scope))
    if (test.kind === 'range') {
      const [low, high] = [this.value(test.low, scope), this.value(test.high, scope)]
      return this.within(value, low, high, test.lowIncluded, test.highIncluded)
    }
    const other = this.value(test.value, scope)
    if (other === null && alone) return null
    if (!Array.isArray(other)) return this.compare('=', value, other)
    return other.some((item) => this.compare('=', value, item) === true)
  }

  private condition(node: FeelNode, scope: Scope): boolean | null {
    const value = this.value(node, scope)
    if (typeof value === 'boolean' || value === null) return value
    throw new ComparisonError(`Se espera sí o no, no ${labelOf(typeOf(value))}`)
  }

  private junction(kind: 'and' | 'or', left: FeelNode, right: FeelNode, scope: Scope): boolean | null {
    const decisive = kind === 'or'
    const a = this.condition(left, scope)
    if (a === decisive) return decisive
    const b = this.condition(right, scope)
    if (b === decisive) return decisive
    return a === null || b === null ? null : !decisive
  }

  private negate(value: unknown): unknown {
    if (value === null || value === undefined) return null
    if (typeof value === 'number') return -value
    throw new ComparisonError(`No se puede cambiar el signo de ${labelOf(typeOf(value))}`)
  }

  private call(name: string, nodes: FeelNode[], scope: Scope): unknown {
    const args = nodes.map((node) => this.value(node, scope))
    if ((name === 'today' || name === 'now') && args.length > 0) {
      throw new ComparisonError(`«${name}» no lleva datos`)
    }
    if (name === 'today') return toFeelDate(todayIn(this.options.now, this.options.timeZone))
    if (name === 'now') return this.now()
    if (isFeelFunctionName(name)) return callFeelFunction(name, args)
    return this.callHost(name, args)
  }

  private now(): unknown {
    const { now, timeZone } = this.options
    const fraction = String(now.getTime() % 1000).padStart(3, '0')
    return dateAndTime(`${wallClockIn(now, timeZone)}.${fraction}@${timeZone}`)
  }

  private callHost(name: string, args: unknown[]): unknown {
    const { functions, timeZone } = this.options
    const implementation = Object.hasOwn(functions, name) ? functions[name] : undefined
    if (!implementation) throw new ComparisonError(`No existe la función «${name}»`)
    if (args.length > implementation.length) throw new ComparisonError(`«${name}» no lleva ${args.length} datos`)
    if (args.some((arg) => arg === null || arg === undefined)) return null
    const given = args.map((arg) => toJson(arg, timeZone)) as never[]
    return toJson(implementation(...given) ?? null, timeZone)
  }

  private index(list: unknown, index: number): unknown {
    if (list === null) return null
    const items = this.list(list)
    return items[index < 0 ? items.length + index : index - 1] ?? null
  }

  private filter(list: unknown, condition: FeelNode, scope: Scope): unknown {
    if (list === null) return null
    return this.list(list).filter((item) => {
      this.step()
      const names = typeOf(item) === 'context' ? { ...(item as Record<string, unknown>), item } : { item }
      return this.condition(condition, { names, outer: scope, element: true }) === true
    })
  }

  private list(value: unknown): unknown[] {
    if (Array.isArray(value)) return value
    throw new ComparisonError(`Se espera una lista, no ${labelOf(typeOf(value))}`)
  }

  private quantified(kind: 'some' | 'every', iterators: FeelIterator[], condition: FeelNode, scope: Scope) {
    const scopes = this.iterate(iterators, scope)
    if (!scopes) return null
    const holds = (inner: Scope) => this.condition(condition, inner) === true
    return kind === 'some' ? scopes.some(holds) : scopes.every(holds)
  }

  /** One scope per combination; null when a list is null. */
  private iterate(iterators: FeelIterator[], scope: Scope): Scope[] | null {
    let scopes: Scope[] = [scope]
    for (const { name, over, to } of iterators) {
      const next: Scope[] = []
      for (const outer of scopes) {
        const items = to ? this.range(this.value(over, outer), this.value(to, outer)) : this.value(over, outer)
        if (items === null) return null
        for (const item of this.list(items)) {
          this.step()
          next.push({ names: { [name]: item }, outer })
        }
      }
      scopes = next
    }
    return scopes
  }

  private range(from: unknown, to: unknown): number[] | null {
    if (from === null || to === null) return null
    if (!Number.isInteger(from) || !Number.isInteger(to)) throw new ComparisonError('Un rango va de un entero a otro')
    const [low, high] = [from as number, to as number]
    const length = Math.abs(high - low) + 1
    if (length > MAX_STEPS) throw new ComparisonError('Recorre demasiados elementos')
    return Array.from({ length }, (_, offset) => (low <= high ? low + offset : low - offset))
  }

  private step(): void {
    if (++this.steps > MAX_STEPS) throw new ComparisonError('Recorre demasiados elementos')
  }
}

const DATE_PARTS = new Set([
  'year',
  'month',
  'day',
  'weekday',
  'hour',
  'minute',
  'second',
  'years',
  'months',
  'days',
  'hours',
  'minutes',
  'seconds',
])
