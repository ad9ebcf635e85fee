import type { DiagramElement } from '../wf/moddle.ts'

/** The steps of a diagram in the order of the flow, from each start on; what nothing leads to goes last. */
export function stepsInOrder(elements: DiagramElement[]): DiagramElement[] {
  const steps = elements.filter((element) => isStep(element))
  const ordered = new Set<DiagramElement>()
  const follow = (element: DiagramElement) => {
    if (ordered.has(element) || !isStep(element)) return
    ordered.add(element)
    // What happens inside a subprocess comes before what follows it.
    for (const start of steps) if (start.parent === element && (start.incoming ?? []).length === 0) follow(start)
    for (const flow of element.outgoing ?? []) if (flow.target) follow(flow.target)
  }
  const starts = steps.filter((step) => step.type === 'bpmn:StartEvent' && !isStep(step.parent))
  for (const start of [...starts, ...steps.filter((step) => !isStep(step.parent)), ...steps]) follow(start)
  return [...ordered]
}

function isStep(element: DiagramElement | undefined): element is DiagramElement {
  return (
    element !== undefined &&
    element.labelTarget === undefined &&
    /^bpmn:(\w*Task|\w*Event|\w*Gateway|SubProcess|CallActivity)$/.test(element.type)
  )
}
