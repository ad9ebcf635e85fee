import type { Diagram } from '../diagram/DiagramServices.ts'
import { listOf, type ModdleElement } from '../wf/moddle.ts'

/** The process that is drawn: the executable one, else the first. */
export function processOf(diagram: Diagram): ModdleElement | null {
  const processes = listOf(diagram.getDefinitions(), 'rootElements').filter((root) => root.$type === 'bpmn:Process')
  return processes.find((process) => process.get('isExecutable') === true) ?? processes[0] ?? null
}
