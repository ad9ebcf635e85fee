/** Door `#definitions/pack`: reading, parsing and checking packs. Node only. */
export { readPackFiles } from './readPackFiles.ts'
export { parsePack } from './parsePack.ts'
export { hashPack } from './hashPack.ts'
export { checkPack } from './checkPack.ts'
export type { CheckOptions } from './CheckInput.ts'
export { RECORD_ACTIONS } from './checks/rightsOf.ts'
