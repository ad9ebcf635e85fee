import type { ModelNode } from '../processModel.ts'

const waitingTypes = new Set(['UserTask', 'ReceiveTask', 'CallActivity', 'EventBasedGateway', 'IntermediateCatchEvent'])

/** Does a token stay here until something happens outside? (A sub-process: as long as what is inside it does.) */
export const standsStill = (node: ModelNode): boolean =>
  waitingTypes.has(node.type) || node.service?.mode === 'durable' || node.type === 'SubProcess'
