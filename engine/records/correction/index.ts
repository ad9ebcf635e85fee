export { correctRecord, type CorrectRecordInput } from './correctRecord.ts'
export { correctionForm } from './correctionForm.ts'
export { correctionView } from './correctionView.ts'
