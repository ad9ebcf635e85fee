import type { ReportGroupView } from '#engine/contract'
import { groupTree, outerGroups, type GroupNode } from './groupTree.ts'

const group = (...path: string[]): ReportGroupView => ({ path, title: path.at(-1) ?? '', count: 1, values: [] })
const shape = (nodes: GroupNode[]): unknown[] =>
  nodes.map(({ group: { title }, inner }) => (inner.length > 0 ? [title, ...shape(inner)] : title))

describe('the groups of a report', () => {
  it('lie within each other', () => {
    const groups = [group('a'), group('a', 'b'), group('a', 'b', 'c'), group('a', 'd'), group('e'), group('e', 'b')]
    const tree = groupTree(groups)
    expect(shape(tree)).toEqual([
      ['a', ['b', 'c'], 'd'],
      ['e', 'b'],
    ])
    expect(outerGroups(tree).map(({ key }) => key)).toEqual(['["a"]', '["a","b"]', '["e"]'])
    expect(new Set(tree.map(({ key }) => key)).size).toBe(2)
    expect(groupTree([])).toEqual([])
  })
})
