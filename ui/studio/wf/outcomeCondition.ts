import type { DiagramElement } from './moddle.ts'
import { readExtensions } from './extensions.ts'

/** The usual condition of a path: the answer of the last task is this one. Null when the rule says anything else. */
export function outcomeOfCondition(rule: string): string | null {
  return /^\s*outcome\s*=\s*"([^"]*)"\s*$/.exec(rule)?.[1] ?? null
}

export const conditionOfOutcome = (key: string): string => `outcome = ${JSON.stringify(key)}`

/** The outcomes that can reach this step: those of the nearest tasks of a person upstream, in the order met. */
export function outcomesUpstream(element: DiagramElement): { key: string; label: string; task: string }[] {
  const found = new Map<string, { key: string; label: string; task: string }>()
  const seen = new Set<string>()
  const queue: DiagramElement[] = [element]
  for (let node = queue.shift(); node; node = queue.shift()) {
    if (seen.has(node.id)) continue
    seen.add(node.id)
    if (node !== element && node.type === 'bpmn:UserTask') {
      for (const { key = '', label = key } of readExtensions(node.businessObject, 'wf:Outcome')) {
        if (!found.has(key)) found.set(key, { key, label, task: node.businessObject.name ?? node.id })
      }
      continue
    }
    for (const flow of node.incoming ?? []) if (flow.source) queue.push(flow.source)
  }
  return [...found.values()]
}
