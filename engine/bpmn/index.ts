export { advance } from './advance.ts'
export { compileProcess } from './compileProcess.ts'
export type * from './types.ts'
