import type { VisitDoc } from '../persistence/index.ts'

/** A node entered or left, or a sequence flow taken (`flow`, event `leave`). */
export interface Visit {
  node: string
  event: 'enter' | 'leave'
  flow?: boolean
}

/** `+node` entered, `-node` left, `>flow` taken: no id of BPMN (an XML name) begins so. */
export const writePath = (visits: Visit[]): VisitDoc['path'] =>
  visits.map(({ node, event, flow }) => (flow ? '>' : event === 'enter' ? '+' : '-') + node)

export const readPath = (path: VisitDoc['path']): Required<Visit>[] =>
  path.map((step) => ({
    node: step.slice(1),
    event: step.startsWith('+') ? 'enter' : 'leave',
    flow: step.startsWith('>'),
  }))
