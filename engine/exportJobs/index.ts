export { beginExport } from './beginExport.ts'
export { ExportPool } from './ExportPool.ts'
export { cancelExport, findExports, getExport, openExport } from './ownExports.ts'
export type { ExportRequest } from './planExport.ts'
