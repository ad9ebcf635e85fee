export { advance } from './advance.ts'
export { compileProcess } from './compileProcess.ts'
export { migrateState, type MigratedState, type MigrateStateInput } from './migrateState.ts'
export type * from './types.ts'
