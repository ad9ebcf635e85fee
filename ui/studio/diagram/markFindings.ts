import type { FindingView } from '#engine/contract'
import type { Diagram } from './DiagramServices.ts'

/** Marks the steps that have findings; gives back how to take the marks away. */
export function markFindings(diagram: Diagram, findings: FindingView[]): () => void {
  const canvas = diagram.get('canvas')
  const registry = diagram.get('elementRegistry')
  const marked = findings.flatMap((finding) => {
    const element = registry.get(finding.at)
    return element && element.id !== canvas.getRootElement().id
      ? [{ id: element.id, marker: `finding-${finding.severity}` }]
      : []
  })
  for (const { id, marker } of marked) {
    const element = registry.get(id)
    if (element) canvas.addMarker(element, marker)
  }
  return () => {
    for (const { id, marker } of marked) {
      const element = registry.get(id)
      if (element) canvas.removeMarker(element, marker)
    }
  }
}
