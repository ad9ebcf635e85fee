import type { FindingView } from '#engine/contract'
import type { Diagram } from '../diagram/DiagramServices.ts'

/** Where a finding is: the file, and the name of the step when the diagram is at hand. */
export function placeOfFinding(finding: FindingView, fileTitle: string, diagram: Diagram | null): string {
  const step = diagram?.get('elementRegistry').get(finding.at)?.businessObject.name
  // The process itself carries the name of its file.
  return [...new Set([fileTitle, step ?? finding.at])].filter(Boolean).join(' · ')
}
