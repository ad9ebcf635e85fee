import type { ReportGroupView, ReportView } from '#engine/contract'

/** A group of a report with the groups within it. */
export interface GroupNode {
  /** Tells it from every other. */
  key: string
  group: ReportGroupView
  inner: GroupNode[]
}

/** The groups as they lie within each other; they come one after the other, each before those within it. */
export function groupTree(groups: ReportGroupView[]): GroupNode[] {
  const outermost: GroupNode[] = []
  const around: GroupNode[] = []
  for (const group of groups) {
    const node: GroupNode = { key: JSON.stringify(group.path), group, inner: [] }
    const level = group.path.length - 1
    around.length = level
    ;(around[level - 1]?.inner ?? outermost).push(node)
    around[level] = node
  }
  return outermost
}

/** Has it anything to unfold: groups within it, or its records? */
export const unfolds = (node: GroupNode, report: ReportView): boolean =>
  node.inner.length > 0 || report.columns.length > 0

/** Groups that have others within them. */
export const outerGroups = (nodes: GroupNode[]): GroupNode[] =>
  nodes.flatMap((node) => (node.inner.length > 0 ? [node, ...outerGroups(node.inner)] : []))
