export { catalogOf, codeField, fileOf, referenceOf, stateField, USER_ENTITY } from './annotations.ts'
export { catalogTitles, titleColumnOf } from './catalogTitles.ts'
export { checkLinks } from './checkLinks.ts'
export { countRecords } from './countRecords.ts'
export { createRecord, startingProcess, takeFields } from './createRecord.ts'
export { deleteRecord } from './deleteRecord.ts'
export { catalogView, entityView, environmentView, formView, listEntities } from './entityView.ts'
export { formEnvironment, loadReferences } from './environment.ts'
export { exportRecords, recordCells } from './exportRecords.ts'
export { fileView } from './fileView.ts'
export { findByQr } from './findByQr.ts'
export { findRecords, type FindRecordsInput } from './findRecords.ts'
export { noteRead } from './noteRead.ts'
export { plainValue, type Names } from './plainValue.ts'
export { printLabels, type PrintLabelsInput } from './printLabels.ts'
export { readFile, readThumbnail, visibleFile } from './readFile.ts'
export { recordFirstAdministrator } from './recordFirstAdministrator.ts'
export { recordHistory } from './recordHistory.ts'
export { literal } from './filters/textFilter.ts'
export { type RecordQuery } from './recordSelection.ts'
export {
  createSavedView,
  deleteSavedView,
  findSavedViews,
  updateSavedView,
  type CreateSavedViewInput,
  type UpdateSavedViewInput,
} from './savedViews/index.ts'
export { updateRecord } from './updateRecord.ts'
export { labelsById, labelsForData, pick, recordViews } from './views.ts'
export { loadSeeds } from './loadSeeds.ts'
export { valueNames } from './valueNames.ts'
export { visibleRecord } from './visibleRecord.ts'
export { walkValues } from './walkValues.ts'
export { formatMoment, newId, writeRecord } from './writeRecord.ts'
