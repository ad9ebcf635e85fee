import type { BpmnElement } from './element.ts'
import type { ModelNode, ProcessModel } from './processModel.ts'
import { theProcess } from './lint/checkConstructs.ts'
import { readProcess } from './readProcess.ts'

/** One line of the outline: what a person who cannot see the drawing reads instead. */
export interface OutlineEntry {
  id: string
  /** Name of the element, or what it is when it has none. */
  name: string
  /** What it is, in Spanish: `Tarea`, `Decisión` … */
  kind: string
  /** 0 at the top, one more inside each sub-process. */
  depth: number
  /** Where it goes from here. */
  next: { id: string; name: string; when: string | null }[]
}

const kinds: Record<string, string> = {
  StartEvent: 'Inicio',
  EndEvent: 'Fin',
  IntermediateCatchEvent: 'Espera',
  IntermediateThrowEvent: 'Aviso',
  BoundaryEvent: 'Evento de borde',
  UserTask: 'Tarea',
  ServiceTask: 'Servicio',
  SendTask: 'Envío',
  BusinessRuleTask: 'Regla',
  ReceiveTask: 'Recepción',
  ManualTask: 'Tarea manual',
  Task: 'Paso',
  ExclusiveGateway: 'Decisión',
  ParallelGateway: 'Caminos paralelos',
  EventBasedGateway: 'Lo que ocurra primero',
  SubProcess: 'Subproceso',
  CallActivity: 'Otro proceso',
}

/** The process as an ordered list, in the order in which a case reaches its elements; empty when there is none. */
export function outlineProcess(definitions: BpmnElement): OutlineEntry[] {
  const process = theProcess(definitions)
  if ('severity' in process) return []
  return outlineModel(readProcess(definitions, process))
}

export function outlineModel(model: ProcessModel): OutlineEntry[] {
  const nodes = new Map(model.nodes.map((node) => [node.id, node]))
  const nameOf = (node: ModelNode): string => node.name || (kinds[node.type] ?? node.type)
  const entries: OutlineEntry[] = []
  const seen = new Set<string>()

  const visit = (node: ModelNode, depth: number): void => {
    if (seen.has(node.id)) return
    seen.add(node.id)
    const ways = model.flows.filter((flow) => flow.source === node.id)
    entries.push({
      id: node.id,
      name: nameOf(node),
      kind: kinds[node.type] ?? node.type,
      depth,
      next: ways.map((flow) => {
        const target = nodes.get(flow.target)
        return {
          id: flow.target,
          name: target ? nameOf(target) : flow.target,
          when: flow.name || flow.condition?.text || null,
        }
      }),
    })
    if (node.type === 'SubProcess') visitScope(node.id, depth + 1)
    for (const boundary of model.nodes) if (boundary.attachedTo === node.id) visit(boundary, depth)
    for (const flow of ways) {
      const target = nodes.get(flow.target)
      if (target) visit(target, depth)
    }
  }
  const visitScope = (scope: string | null, depth: number): void => {
    const inside = model.nodes.filter((node) => node.parent === scope)
    for (const node of inside) if (node.type === 'StartEvent') visit(node, depth)
    for (const node of inside) visit(node, depth)
  }
  visitScope(null, 0)
  return entries
}
