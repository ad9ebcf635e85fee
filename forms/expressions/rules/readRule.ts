import { ExpressionError } from '../ExpressionError.ts'
import type { FeelNode } from '../FeelNode.ts'
import { segmentsOf } from '../FeelNode.ts'
import { usesOf } from '../usesOf.ts'
import type { Operand, Rule } from './Rule.ts'

const INPUTS = new Set(['actor', 'settings', 'value', 'params'])
const NUMERIC_TEXT = /^-?\d+(\.\d+)?$/

/**
 * The rule behind a FEEL tree, or a refusal that names what a query cannot answer.
 * In a rule that mentions `option`, that is the row and `record` is what the form holds.
 * @throws ExpressionError
 */
export function readRule(text: string, tree: FeelNode): Rule {
  const row = usesOf(tree).names.includes('option') ? 'option' : 'record'
  return new RuleReader(text, row).rule(tree, [])
}

class RuleReader {
  constructor(
    private readonly text: string,
    private readonly row: string,
  ) {}

  rule(node: FeelNode, elements: readonly string[]): Rule {
    switch (node.kind) {
      case 'literal':
        if (node.value === true) return { kind: 'true' }
        break
      case 'and':
      case 'or':
        return { kind: node.kind, left: this.rule(node.left, elements), right: this.rule(node.right, elements) }
      case 'not':
        return { kind: 'not', rule: this.rule(node.value, elements) }
      case 'compare':
        return this.compare(node, elements)
      case 'in':
        return this.isIn(node, elements)
      case 'some':
        return this.some(node, elements)
      case 'name':
      case 'path':
        return this.fail(`Escriba la comparación completa: ${segmentsOf(node)?.join('.') ?? '…'} = true`)
      default:
    }
    return this.fail('Una regla de filas solo admite comparaciones, in, some, and, or y not')
  }

  private fail(reason: string): never {
    throw new ExpressionError(this.text, reason)
  }

  private compare(node: FeelNode & { kind: 'compare' }, elements: readonly string[]): Rule {
    const left = this.operand(node.left, elements)
    const right = this.operand(node.right, elements)
    const sides = [left, right]
    if (left.kind === 'literal' || left.kind === 'day') this.fail('El campo va a la izquierda de la comparación')
    const isOrder = node.op !== '=' && node.op !== '!='
    for (const side of sides) {
      if (!isOrder || side.kind !== 'literal') continue
      if (side.value === null || typeof side.value === 'boolean') this.fail('Ese valor no tiene orden')
      // Amounts are texts in the store: "10" would come before "9".
      if (typeof side.value === 'string' && NUMERIC_TEXT.test(side.value)) {
        this.fail('Un importe no se puede ordenar en una regla; guarde el resultado en un campo calculado')
      }
    }
    return { kind: 'compare', op: node.op, left, right }
  }

  private isIn(node: FeelNode & { kind: 'in' }, elements: readonly string[]): Rule {
    const value = this.operand(node.value, elements)
    const [test] = node.tests
    if (
      node.tests.length === 1 &&
      test?.kind === 'equals' &&
      test.value.kind !== 'list' &&
      test.value.kind !== 'literal'
    ) {
      const list = this.operand(test.value, elements)
      if (list.kind === 'day') this.fail('A la derecha de «in» va una lista')
      if (value.kind === 'field' && list.kind === 'field') this.fail('«in» no compara dos campos de la misma fila')
      return { kind: 'in', value, list }
    }
    if (value.kind !== 'field' && value.kind !== 'input') this.fail('A la izquierda de «in» va un campo')
    const items = node.tests.flatMap((one) => {
      if (one.kind !== 'equals') this.fail('«in» solo admite una lista de valores')
      return one.value.kind === 'list' ? one.value.items : [one.value]
    })
    return { kind: 'in', value, list: items.map((item) => this.listed(item)) }
  }

  private listed(node: FeelNode): string | number | boolean {
    if (node.kind === 'literal' && node.value !== null) return node.value
    return this.fail('Dentro de la lista de «in» solo van valores escritos')
  }

  private some(node: FeelNode & { kind: 'some' | 'every' }, elements: readonly string[]): Rule {
    const [iterator, other] = node.iterators
    if (!iterator || other || iterator.to) this.fail('«some» recorre una sola lista')
    const list = this.operand(iterator.over, elements)
    if (list.kind !== 'field') this.fail('«some» recorre una lista de la propia fila')
    if (list.of !== (elements.at(-1) ?? null)) this.fail('Dentro de «some» solo se miran los datos del elemento')
    return { kind: 'some', name: iterator.name, list, rule: this.rule(node.condition, [...elements, iterator.name]) }
  }

  private operand(node: FeelNode, elements: readonly string[]): Operand {
    if (node.kind === 'literal') return { kind: 'literal', value: node.value }
    const segments = segmentsOf(node)
    if (!segments) {
      if (isDay(node)) return { kind: 'day', node }
      return this.fail('Solo se compara con un campo, un valor escrito, un dato del usuario, un ajuste o today()')
    }
    const [root, ...rest] = segments
    const element = elements.at(-1) ?? null
    if (root === element) return { kind: 'field', of: element, field: rest.join('.') }
    if (root === this.row) {
      if (rest.length === 0) this.fail(`Falta el campo: ${root}.…`)
      if (element !== null) this.fail('Dentro de «some» solo se miran los datos del elemento')
      if (rest.includes('ref')) {
        this.fail('Una regla solo mira campos guardados de la propia fila; copie el del padre con x-computed')
      }
      return { kind: 'field', of: null, field: rest.join('.') }
    }
    if (INPUTS.has(root!) || (root === 'record' && this.row === 'option')) {
      if (rest.length === 0) this.fail(`Falta el dato: ${root}.…`)
      return { kind: 'input', path: segments }
    }
    return this.fail(`No existe «${root}» en una regla de filas`)
  }
}

/** `today()`, or that plus or minus a written duration. */
function isDay(node: FeelNode): boolean {
  if (node.kind === 'call') return node.name === 'today' && node.args.length === 0
  if (node.kind !== 'arithmetic' || (node.op !== '+' && node.op !== '-')) return false
  const { left, right } = node
  const isDuration =
    right.kind === 'call' &&
    (right.name === 'duration' || right.name === '@') &&
    right.args.every((arg) => arg.kind === 'literal')
  return isDuration && isDay(left)
}
