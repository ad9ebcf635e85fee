import { parseExpression } from 'feelin'
import { ExpressionError } from './ExpressionError.ts'
import type { ArithmeticOperator, CompareOperator, FeelIterator, FeelNode, FeelTest } from './FeelNode.ts'
import { isFeelFunctionName } from './feelFunctions.ts'

type SyntaxNode = ReturnType<typeof parseExpression>['topNode']

/** Longer texts are not conditions but programs. */
const MAX_LENGTH = 4000
/** Deeper nesting than any analyst writes; bounds the recursion of everything that walks the tree. */
const MAX_DEPTH = 60
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype'])
const SPACE_NAME = 'Los nombres no llevan espacios'

/**
 * Reads a FEEL expression with feelin's own grammar and reduces it to our tree.
 * @throws ExpressionError when the text is not FEEL or uses what Cauce does not allow.
 */
export function parseFeel(text: string): FeelNode {
  if (typeof text !== 'string') throw new ExpressionError(String(text), 'La expresión debe ser un texto')
  if (text.length > MAX_LENGTH)
    throw new ExpressionError(text.slice(0, 80) + '…', `Tiene más de ${MAX_LENGTH} caracteres`)
  const reader = new Reader(text)
  return reader.read()
}

class Reader {
  private depth = 0

  constructor(private readonly text: string) {}

  read(): FeelNode {
    if (this.text.trim() === '') this.fail('La expresión está vacía')
    const tree = parseExpression(this.text, {}, undefined)
    tree.iterate({
      enter: (node) => {
        if (!node.type.isError) return
        const near = this.text.slice(node.from, node.from + 20).trim()
        this.fail(near ? `No se entiende cerca de «${near}»` : 'Está incompleta')
      },
    })
    const parts = childNodes(tree.topNode)
    const [only] = parts
    if (!only || parts.length !== 1) this.fail('No es una sola expresión')
    return this.node(only)
  }

  private fail(reason: string): never {
    throw new ExpressionError(this.text, reason)
  }

  private textOf(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to)
  }

  private node(node: SyntaxNode): FeelNode {
    if (++this.depth > MAX_DEPTH) this.fail('Tiene demasiados niveles')
    try {
      return this.convert(node)
    } finally {
      this.depth--
    }
  }

  private at(parts: SyntaxNode[], index: number): FeelNode {
    const part = parts[index]
    if (!part) this.fail('Está incompleta')
    return this.node(part)
  }

  private convert(node: SyntaxNode): FeelNode {
    const parts = childNodes(node)
    switch (node.name) {
      case 'null':
        return { kind: 'literal', value: null }
      case 'BooleanLiteral':
        return { kind: 'literal', value: this.textOf(node) === 'true' }
      case 'NumericLiteral':
        return { kind: 'literal', value: this.number(node) }
      case 'StringLiteral':
        return { kind: 'literal', value: unquote(this.textOf(node)) }
      case 'VariableName':
        return { kind: 'name', name: this.name(node) }
      case 'PathExpression':
        return { kind: 'path', object: this.at(parts, 0), property: this.name(this.last(parts)) }
      case 'ParenthesizedExpression':
        return this.at(parts, 1)
      case 'Comparison':
        return this.comparison(parts)
      case 'Conjunction':
      case 'Disjunction':
        return this.junction(node.name === 'Conjunction' ? 'and' : 'or', parts)
      case 'ArithmeticExpression':
        return this.arithmetic(parts)
      case 'IfExpression':
        return { kind: 'if', condition: this.at(parts, 1), then: this.at(parts, 3), else: this.at(parts, 5) }
      case 'FunctionInvocation':
        return this.call(parts)
      case 'DateTimeLiteral':
        return this.temporal(parts)
      case 'FilterExpression':
        return this.filter(parts)
      case 'QuantifiedExpression':
        return {
          kind: this.textOf(parts[0]!) === 'every' ? 'every' : 'some',
          iterators: this.iterators(parts[1]),
          condition: this.at(parts, parts.length - 1),
        }
      case 'ForExpression':
        return { kind: 'for', iterators: this.iterators(parts[1]), body: this.at(parts, parts.length - 1) }
      case 'List':
        return { kind: 'list', items: parts.slice(1, -1).map((part) => this.node(part)) }
      case 'Context':
        return { kind: 'context', entries: parts.slice(1, -1).map((part) => this.entry(part)) }
      case 'SimplePositiveUnaryTest':
      case 'Interval':
        return this.fail('Un rango o una comparación suelta solo se escribe a la derecha de «in»')
      case 'FunctionDefinition':
        return this.fail('No se pueden definir funciones')
      case 'InstanceOfExpression':
        return this.fail('«instance of» no está permitido')
      default:
        return this.fail(`«${this.textOf(node)}» no está permitido`)
    }
  }

  private last(parts: SyntaxNode[]): SyntaxNode {
    const part = parts.at(-1)
    if (!part) this.fail('Está incompleta')
    return part
  }

  private number(node: SyntaxNode): number {
    const value = Number(this.textOf(node).replace(/\s+/g, ''))
    if (!Number.isFinite(value)) this.fail(`«${this.textOf(node)}» no es un número`)
    return value
  }

  private name(node: SyntaxNode): string {
    const name = childNodes(node)
      .map((part) => this.textOf(part))
      .join(' ')
    if (name === '' || name.includes(' ') || FORBIDDEN_NAMES.has(name)) {
      this.fail(name.includes(' ') ? `${SPACE_NAME}: «${name}»` : `«${this.textOf(node)}» no es un nombre permitido`)
    }
    return name
  }

  private comparison(parts: SyntaxNode[]): FeelNode {
    const operator = parts[1]
    if (!operator) this.fail('Está incompleta')
    const left = this.at(parts, 0)
    if (operator.name === 'between') {
      return { kind: 'between', value: left, low: this.at(parts, 2), high: this.at(parts, 4) }
    }
    if (operator.name === 'in') return { kind: 'in', value: left, tests: this.tests(parts.slice(2)) }
    return { kind: 'compare', op: this.textOf(operator) as CompareOperator, left, right: this.at(parts, 2) }
  }

  private tests(parts: SyntaxNode[]): FeelTest[] {
    return parts.flatMap((part): FeelTest[] => {
      if (part.name === '(' || part.name === ')') return []
      if (part.name === 'PositiveUnaryTests') return this.tests(childNodes(part))
      const [only] = childNodes(part)
      if (part.name !== 'PositiveUnaryTest' || !only) this.fail(`«${this.textOf(part)}» no está permitido en «in»`)
      // feelin reads `a in b and c` as `a in (b and c)`, without a word: brackets are demanded.
      if (only.name === 'Conjunction' || only.name === 'Disjunction') this.failBrackets()
      return [this.test(only)]
    })
  }

  private test(node: SyntaxNode): FeelTest {
    if (node.name !== 'SimplePositiveUnaryTest') return { kind: 'equals', value: this.node(node) }
    const parts = childNodes(node)
    const [first] = parts
    if (first?.name === 'Interval') {
      const bounds = childNodes(first)
      return {
        kind: 'range',
        low: this.at(bounds, 1),
        high: this.at(bounds, 3),
        lowIncluded: this.textOf(bounds[0]!) === '[',
        highIncluded: this.textOf(bounds[4]!) === ']',
      }
    }
    if (!first) this.fail('Está incompleta')
    return { kind: 'compare', op: this.textOf(first) as CompareOperator, value: this.at(parts, 1) }
  }

  private failBrackets(): never {
    throw new ExpressionError(
      this.text,
      'Ponga entre paréntesis la comparación con «in»: (a in b) and c',
      'feel-in-brackets',
    )
  }

  private junction(kind: 'and' | 'or', parts: SyntaxNode[]): FeelNode {
    for (const part of [parts[0], parts[2]]) {
      if (part?.name === 'Comparison' && childNodes(part)[1]?.name === 'in') this.failBrackets()
    }
    return { kind, left: this.at(parts, 0), right: this.at(parts, 2) }
  }

  private arithmetic(parts: SyntaxNode[]): FeelNode {
    if (parts.length === 2) return { kind: 'negate', value: this.at(parts, 1) }
    const sign = this.textOf(parts[1]!)
    const op = (sign === '^' ? '**' : sign) as ArithmeticOperator
    return { kind: 'arithmetic', op, left: this.at(parts, 0), right: this.at(parts, 2) }
  }

  private call(parts: SyntaxNode[]): FeelNode {
    const name = this.functionName(parts[0]!)
    const args = this.args(parts)
    if (name === 'not') {
      if (args.length !== 1) this.fail('«not» lleva una sola condición')
      return { kind: 'not', value: args[0]! }
    }
    return { kind: 'call', name, args }
  }

  private functionName(node: SyntaxNode): string {
    if (node.name === 'VariableName' || node.name === 'SpecialFunctionName') {
      const name = childNodes(node)
        .map((part) => this.textOf(part))
        .join(' ')
      if (name.includes(' ') && !isFeelFunctionName(name)) this.fail(`No existe la función «${name}»`)
      return name
    }
    if (node.name !== 'PathExpression') this.fail('Solo se llama a una función por su nombre')
    const parts = childNodes(node)
    return `${this.functionName(parts[0]!)}.${this.name(this.last(parts))}`
  }

  private args(parts: SyntaxNode[]): FeelNode[] {
    const list = parts.find((part) => part.name.endsWith('Parameters'))
    if (list?.name === 'NamedParameters') this.fail('Los datos de una función van en orden, sin nombre')
    return list ? childNodes(list).map((part) => this.node(part)) : []
  }

  /** `date(…)`, `date and time(…)`, `time(…)`, `duration(…)` and `@"…"` have a grammar of their own. */
  private temporal(parts: SyntaxNode[]): FeelNode {
    const [first] = parts
    if (!first) this.fail('Está incompleta')
    if (first.name === 'AtLiteral') return { kind: 'call', name: '@', args: [this.at(childNodes(first), 0)] }
    const name = childNodes(first)
      .map((part) => this.textOf(part))
      .join(' ')
    return { kind: 'call', name, args: this.args(parts) }
  }

  private filter(parts: SyntaxNode[]): FeelNode {
    const list = this.at(parts, 0)
    const inside = parts[2]
    if (!inside) this.fail('Está incompleta')
    if (inside.name === 'SimplePositiveUnaryTest') {
      const test = this.test(inside)
      return { kind: 'filter', list, condition: { kind: 'in', value: { kind: 'name', name: 'item' }, tests: [test] } }
    }
    const condition = this.node(inside)
    if (condition.kind === 'literal' && typeof condition.value === 'number') {
      return { kind: 'index', list, index: condition.value }
    }
    // feelin takes a bare name in a filter for an index or for one boolean that keeps or drops the whole list.
    if (condition.kind === 'name' || condition.kind === 'path' || condition.kind === 'literal') {
      this.fail(`Escriba la condición completa: [${this.textOf(inside)} = true]`)
    }
    return { kind: 'filter', list, condition }
  }

  private iterators(node: SyntaxNode | undefined): FeelIterator[] {
    if (!node) this.fail('Está incompleta')
    return childNodes(node).map((part) => {
      const [name, , context] = childNodes(part)
      if (!name || !context) this.fail('Está incompleta')
      const bounds = childNodes(context)
      const iterator: FeelIterator = { name: this.name(name), over: this.at(bounds, 0) }
      if (bounds.length > 1) iterator.to = this.at(bounds, 2)
      return iterator
    })
  }

  private entry(node: SyntaxNode): { key: string; value: FeelNode } {
    const parts = childNodes(node)
    const [key] = parts
    const inner = key && childNodes(key)[0]
    if (!inner) this.fail('Está incompleta')
    const name = inner.name === 'StringLiteral' ? unquote(this.textOf(inner)) : this.name(inner)
    if (FORBIDDEN_NAMES.has(name)) this.fail(`«${name}» no es un nombre permitido`)
    return { key: name, value: this.at(parts, 1) }
  }
}

/** Children that mean something: comments are dropped. */
function childNodes(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isSkipped) found.push(child)
  }
  return found
}

/** FEEL string literal → text. Escapes: \" \\ \n \r \t \uXXXX \UXXXXXX. */
function unquote(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(
      /\\(?:(["\\nrt])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6}))/g,
      (whole, short?: string, four?: string, six?: string) => {
        if (short) return { n: '\n', r: '\r', t: '\t' }[short] ?? short
        const code = Number.parseInt((four ?? six)!, 16)
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole
      },
    )
}
