/** BPMN as our packs use it: the `wf` namespace, reading a file, the lint rules. Runs in Node and in the browser. */
export { wfDescriptor, wfNamespace, wfNames, type ModdleDescriptor } from './wf.ts'
export { parseBpmn, canonicalBpmn, maxBpmnCharacters, type ParsedBpmn } from './parseBpmn.ts'
export { readProcess, executableProcesses } from './readProcess.ts'
export type { BpmnElement } from './element.ts'
export type * from './processModel.ts'
export { checkConstructs, theProcess } from './lint/checkConstructs.ts'
export { expressionsOf, type PlacedExpression } from './expressionsOf.ts'
