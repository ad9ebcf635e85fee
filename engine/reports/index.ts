export { exportReport } from './exportReport.ts'
export { findReportRows } from './findReportRows.ts'
export { listReports, runReport } from './runReport.ts'
