/**
 * The tree of a FEEL expression, reduced to what Cauce allows: no function definitions, no named
 * parameters, no `instance of`, no names with blanks but those of FEEL's own functions.
 */
export type CompareOperator = '=' | '!=' | '<' | '<=' | '>' | '>='
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**'

export type FeelNode =
  | { kind: 'literal'; value: null | boolean | number | string }
  | { kind: 'name'; name: string }
  | { kind: 'path'; object: FeelNode; property: string }
  | { kind: 'compare'; op: CompareOperator; left: FeelNode; right: FeelNode }
  | { kind: 'in'; value: FeelNode; tests: FeelTest[] }
  | { kind: 'between'; value: FeelNode; low: FeelNode; high: FeelNode }
  | { kind: 'and' | 'or'; left: FeelNode; right: FeelNode }
  | { kind: 'not'; value: FeelNode }
  | { kind: 'arithmetic'; op: ArithmeticOperator; left: FeelNode; right: FeelNode }
  | { kind: 'negate'; value: FeelNode }
  | { kind: 'if'; condition: FeelNode; then: FeelNode; else: FeelNode }
  | { kind: 'call'; name: string; args: FeelNode[] }
  | { kind: 'filter'; list: FeelNode; condition: FeelNode }
  | { kind: 'index'; list: FeelNode; index: number }
  | { kind: 'some' | 'every'; iterators: FeelIterator[]; condition: FeelNode }
  | { kind: 'for'; iterators: FeelIterator[]; body: FeelNode }
  | { kind: 'list'; items: FeelNode[] }
  | { kind: 'context'; entries: { key: string; value: FeelNode }[] }

/** One test at the right of `in`. A plain expression that yields a list means "one of its elements". */
export type FeelTest =
  | { kind: 'equals'; value: FeelNode }
  | { kind: 'compare'; op: CompareOperator; value: FeelNode }
  | { kind: 'range'; low: FeelNode; high: FeelNode; lowIncluded: boolean; highIncluded: boolean }

/** `name in over`, or `name in from..to` when `to` is given. */
export interface FeelIterator {
  name: string
  over: FeelNode
  to?: FeelNode
}

/** The nodes directly below one, in reading order. */
export function childrenOf(node: FeelNode): FeelNode[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
      return []
    case 'path':
      return [node.object]
    case 'compare':
    case 'and':
    case 'or':
    case 'arithmetic':
      return [node.left, node.right]
    case 'in':
      return [
        node.value,
        ...node.tests.flatMap((test) => (test.kind === 'range' ? [test.low, test.high] : [test.value])),
      ]
    case 'between':
      return [node.value, node.low, node.high]
    case 'not':
    case 'negate':
      return [node.value]
    case 'if':
      return [node.condition, node.then, node.else]
    case 'call':
      return node.args
    case 'filter':
      return [node.list, node.condition]
    case 'index':
      return [node.list]
    case 'some':
    case 'every':
      return [...node.iterators.flatMap(iteratorParts), node.condition]
    case 'for':
      return [...node.iterators.flatMap(iteratorParts), node.body]
    case 'list':
      return node.items
    case 'context':
      return node.entries.map((entry) => entry.value)
  }
}

function iteratorParts(iterator: FeelIterator): FeelNode[] {
  return iterator.to ? [iterator.over, iterator.to] : [iterator.over]
}

/** `["value", "pais"]` for the path `value.pais`; null when the node is not a plain dotted name. */
export function segmentsOf(node: FeelNode): string[] | null {
  if (node.kind === 'name') return [node.name]
  if (node.kind !== 'path') return null
  const head = segmentsOf(node.object)
  return head && [...head, node.property]
}
