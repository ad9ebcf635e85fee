import type { Finding } from '../../types.ts'
import type { ModelNode, ProcessModel } from '../processModel.ts'
import { found, label, warning } from './found.ts'

/** Outcomes that a task offers and nothing treats, and outcomes that a gateway asks for and no task offers. */
export function checkOutcomes(model: ProcessModel): Finding[] {
  const nodes = new Map(model.nodes.map((node) => [node.id, node]))
  const findings: Finding[] = []
  const split = new Set<string>()
  for (const gateway of model.nodes.filter((node) => node.type === 'ExclusiveGateway')) {
    const outgoing = model.flows.filter((flow) => flow.source === gateway.id)
    const asked = new Set(outgoing.flatMap((flow) => askedOutcomes(flow.condition?.text ?? '')))
    if (!asked.size) continue
    const tasks = lastTasks(model, nodes, gateway)
    const offered = new Set(tasks.flatMap((task) => task.outcomes.map((outcome) => outcome.key)))
    for (const task of tasks) split.add(task.id)
    if (tasks.length && tasks.every((task) => task.outcomes.length))
      for (const key of asked)
        if (!offered.has(key))
          findings.push(
            found(
              'outcome',
              gateway.id,
              `${label(gateway)} pregunta por «${key}», que ninguna tarea ofrece`,
              'Corrija la clave, o agregue esa respuesta a la tarea',
            ),
          )
    const hasDefault = outgoing.some((flow) => flow.isDefault)
    for (const key of offered)
      if (!asked.has(key) && !hasDefault)
        findings.push(
          found(
            'outcome',
            gateway.id,
            `${label(gateway)} no tiene salida para «${key}»`,
            'Agregue un flujo para ese resultado o una salida por defecto',
          ),
        )
  }
  for (const task of model.nodes)
    if (task.outcomes.length > 1 && !split.has(task.id)) {
      const treated = new Set(task.effects.map(({ on }) => on))
      const silent = task.outcomes.filter((outcome) => !treated.has(`outcome:${outcome.key}`))
      if (silent.length > 1)
        findings.push(
          warning(
            'outcome',
            task.id,
            `Nada distingue los resultados de ${label(task)}`,
            'Ponga una decisión detrás, o diga qué cambia con cada respuesta',
          ),
        )
    }
  return findings
}

/** Texts that a condition compares with `outcome`. */
function askedOutcomes(condition: string): string[] {
  const compared = [...condition.matchAll(/\boutcome\s*=\s*"([^"]*)"/g)].map((match) => match[1]!)
  const listed = [...condition.matchAll(/\boutcome\s+in\s*[[(]([^\])]*)[\])]/g)].flatMap((match) =>
    [...match[1]!.matchAll(/"([^"]*)"/g)].map((text) => text[1]!),
  )
  return [...compared, ...listed]
}

/** The user tasks whose outcome a token may carry when it reaches the gateway. */
function lastTasks(model: ProcessModel, nodes: Map<string, ModelNode>, gateway: ModelNode): ModelNode[] {
  const tasks: ModelNode[] = []
  const seen = new Set<string>()
  const back = (id: string): void => {
    if (seen.has(id)) return
    seen.add(id)
    const node = nodes.get(id)
    if (!node) return
    if (node.type === 'UserTask' && id !== gateway.id) {
      tasks.push(node)
      return
    }
    if (node.type === 'SubProcess') {
      for (const inner of model.nodes) if (inner.parent === id && inner.type === 'EndEvent') back(inner.id)
      return
    }
    // A boundary event carries on the token with which its activity was entered.
    const sources =
      node.attachedTo !== null
        ? model.flows.filter((flow) => flow.target === node.attachedTo)
        : model.flows.filter((flow) => flow.target === id)
    for (const flow of sources) back(flow.source)
    if (node.type === 'StartEvent' && node.parent !== null)
      for (const flow of model.flows) if (flow.target === node.parent) back(flow.source)
  }
  for (const flow of model.flows) if (flow.target === gateway.id) back(flow.source)
  return tasks
}
