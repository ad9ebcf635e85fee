import type { Finding } from '../../types.ts'
import type { ModelNode, ProcessModel } from '../processModel.ts'
import { found, label } from './found.ts'

const waits = (node: ModelNode): boolean =>
  ['UserTask', 'ReceiveTask', 'CallActivity', 'SubProcess', 'IntermediateCatchEvent', 'BoundaryEvent'].includes(
    node.type,
  ) ||
  (node.service !== null && node.service.mode === 'durable')

/** Nodes at which cases of the version in force may be waiting and that are gone, or became something else. */
export function checkBreaking(model: ProcessModel, previous: ProcessModel, mapped: Record<string, string>): Finding[] {
  const nodes = new Map(model.nodes.map((node) => [node.id, node]))
  return previous.nodes.filter(waits).flatMap((before) => {
    const after = nodes.get(mapped[before.id] ?? before.id)
    if (
      after &&
      after.type === before.type &&
      after.parent === (before.parent && (mapped[before.parent] ?? before.parent))
    )
      return []
    const what = after ? 'cambió de tipo o de lugar' : 'ya no está'
    return [
      found(
        'breaking',
        before.id,
        `${label(before)} ${what}, y puede haber casos esperando ahí`,
        'Diga en una migración a qué elemento pasan (nodes: antiguo → nuevo)',
      ),
    ]
  })
}
