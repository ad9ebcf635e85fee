import type { FeelIterator, FeelNode } from './FeelNode.ts'
import { childrenOf, segmentsOf } from './FeelNode.ts'

/** What an expression reads, found without evaluating it. */
export interface ExpressionUses {
  /** Top-level names. */
  names: string[]
  /** Dotted paths, the longest that is written: `value.pais`, `ref.sede.departamento`. */
  paths: string[]
  /** Functions by full name, FEEL's own included. */
  functions: string[]
  /** Paths compared with null, so that the expression means something when they are empty. */
  nullTested: string[]
}

/** The names that a pack's expressions may begin with; inside a filter any other name is a column of the row. */
const ROOTS = new Set([
  ...['value', 'row', 'record', 'ref', 'facts', 'settings', 'actor', 'form', 'option', 'params'],
  ...['outcome', 'vars', 'task', 'result', 'results', 'output', 'recipient', 'link'],
])

export function usesOf(root: FeelNode): ExpressionUses {
  const names = new Set<string>()
  const paths = new Set<string>()
  const functions = new Set<string>()
  const nullTested = new Set<string>()

  const note = (segments: string[], bound: ReadonlySet<string>, inFilter: boolean) => {
    const [first] = segments
    if (first === undefined || bound.has(first) || (inFilter && !ROOTS.has(first))) return
    names.add(first)
    paths.add(segments.join('.'))
  }

  const visit = (node: FeelNode, bound: ReadonlySet<string>, inFilter: boolean): void => {
    const segments = segmentsOf(node)
    if (segments) return note(segments, bound, inFilter)
    if (node.kind === 'call') functions.add(node.name)
    if (node.kind === 'compare') noteNullTest(node.left, node.right, nullTested)
    if (node.kind === 'filter') {
      visit(node.list, bound, inFilter)
      return visit(node.condition, new Set([...bound, 'item']), true)
    }
    if (node.kind === 'some' || node.kind === 'every' || node.kind === 'for') {
      const inner = visitIterators(node.iterators, bound, (part, within) => visit(part, within, inFilter))
      return visit(node.kind === 'for' ? node.body : node.condition, inner, inFilter)
    }
    for (const child of childrenOf(node)) visit(child, bound, inFilter)
  }

  visit(root, new Set(), false)
  return { names: [...names], paths: [...paths], functions: [...functions], nullTested: [...nullTested] }
}

function visitIterators(
  iterators: FeelIterator[],
  bound: ReadonlySet<string>,
  visit: (node: FeelNode, bound: ReadonlySet<string>) => void,
): ReadonlySet<string> {
  let inner = bound
  for (const iterator of iterators) {
    visit(iterator.over, inner)
    if (iterator.to) visit(iterator.to, inner)
    inner = new Set([...inner, iterator.name])
  }
  return inner
}

function noteNullTest(left: FeelNode, right: FeelNode, nullTested: Set<string>): void {
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const segments = segmentsOf(side)
    if (segments && other.kind === 'literal' && other.value === null) nullTested.add(segments.join('.'))
  }
}
