import type { Finding } from '../../types.ts'
import type { ModelNode, ProcessModel } from '../processModel.ts'
import { findDeadlocks } from './findDeadlocks.ts'
import { found, label, warning } from './found.ts'
import { standsStill } from './standsStill.ts'

/** More nodes than this can no longer be read (warning) or run in one piece (error). */
const manyNodes = 60
const tooManyNodes = 150

/** How tokens would travel: ways without a decision, joins that wait for ever, loops that wait for nobody. */
export function checkFlow(model: ProcessModel): Finding[] {
  const findings: Finding[] = []
  const count = model.nodes.length
  if (count > tooManyNodes)
    findings.push(
      found(
        'size',
        model.id,
        `El proceso tiene ${count} elementos; el máximo es ${tooManyNodes}`,
        'Divídalo con actividades de llamada',
      ),
    )
  else if (count > manyNodes)
    findings.push(
      warning('size', model.id, `El proceso tiene ${count} elementos`, 'Divídalo con actividades de llamada'),
    )
  for (const node of model.nodes) {
    const outgoing = model.flows.filter((flow) => flow.source === node.id)
    if (node.type === 'ExclusiveGateway' && outgoing.length > 1 && !outgoing.some((flow) => flow.isDefault))
      findings.push(
        found(
          'no-default',
          node.id,
          `${label(node)} no tiene salida por defecto`,
          'Marque uno de sus flujos como salida por defecto',
        ),
      )
    findings.push(...checkDeclared(model, node))
  }
  findings.push(...findDeadlocks(model), ...checkLoops(model))
  return findings
}

/** Layout and other tools need each node to list its flows; without it most of their findings are false. */
function checkDeclared(model: ProcessModel, node: ModelNode): Finding[] {
  const missing = [
    ...model.flows.filter((flow) => flow.source === node.id && !node.outgoing.includes(flow.id)),
    ...model.flows.filter((flow) => flow.target === node.id && !node.incoming.includes(flow.id)),
  ]
  if (!missing.length) return []
  return [
    found(
      'undeclared-flow',
      node.id,
      `A ${label(node)} le falta anotar el flujo ${missing[0]!.id}`,
      'Escriba <incoming> y <outgoing> en cada elemento',
    ),
  ]
}

/** A cycle in which no node waits would run until the step is broken off. */
function checkLoops(model: ProcessModel): Finding[] {
  const nodes = new Map(model.nodes.map((node) => [node.id, node]))
  const passing = new Set(model.nodes.filter((node) => passes(model, node)).map((node) => node.id))
  const state = new Map<string, 'open' | 'done'>()
  const findings: Finding[] = []
  const visit = (id: string): void => {
    state.set(id, 'open')
    for (const flow of model.flows) {
      if (flow.source !== id || !passing.has(flow.target)) continue
      const target = state.get(flow.target)
      if (target === 'open')
        findings.push(
          found(
            'endless-loop',
            flow.target,
            `La vuelta por ${label(nodes.get(flow.target)!)} no espera a nadie`,
            'Ponga en ella una tarea, un servicio o un evento de espera',
          ),
        )
      else if (target === undefined) visit(flow.target)
    }
    state.set(id, 'done')
  }
  for (const id of passing) if (!state.has(id)) visit(id)
  return findings
}

/** May a token go through this node without anything happening outside? */
function passes(model: ProcessModel, node: ModelNode): boolean {
  if (node.type !== 'SubProcess') return !standsStill(node)
  const seen = new Set<string>()
  const reaches = (inner: ModelNode): boolean => {
    if (seen.has(inner.id) || !passes(model, inner)) return false
    seen.add(inner.id)
    if (inner.type === 'EndEvent') return true
    const next = model.flows.filter((flow) => flow.source === inner.id)
    return next.some((flow) => model.nodes.some((target) => target.id === flow.target && reaches(target)))
  }
  return model.nodes.some((inner) => inner.parent === node.id && inner.type === 'StartEvent' && reaches(inner))
}
