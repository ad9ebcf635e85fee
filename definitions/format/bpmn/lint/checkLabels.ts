import type { Finding } from '../../types.ts'
import type { ProcessModel } from '../processModel.ts'
import { warning } from './found.ts'

/** What people read on screen and in the history needs a name. */
export function checkLabels(model: ProcessModel): Finding[] {
  const named = new Set([
    'UserTask',
    'ServiceTask',
    'SendTask',
    'BusinessRuleTask',
    'ReceiveTask',
    'CallActivity',
    'SubProcess',
  ])
  return model.nodes
    .filter((node) => node.name === '' && (named.has(node.type) || isDecision(model, node.id, node.type)))
    .map((node) =>
      warning('no-label', node.id, `El elemento ${node.id} no tiene nombre`, 'Escriba qué se hace o qué se pregunta'),
    )
}

const isDecision = (model: ProcessModel, id: string, type: string): boolean =>
  type === 'ExclusiveGateway' && model.flows.filter((flow) => flow.source === id).length > 1
