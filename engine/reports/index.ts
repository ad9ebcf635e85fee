export { reportForExport, reportSheet, type ExportReportInput } from './reportSheet.ts'
export { findReportRows } from './findReportRows.ts'
export { listReports, runReport } from './runReport.ts'
