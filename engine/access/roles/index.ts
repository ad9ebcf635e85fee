export { changeMatrix, previewMatrix, resetMatrix, type ChangeMatrixInput } from './changeMatrix.ts'
export { actionTitle, listed, subjectTitle, thingTitle } from './words.ts'
export { exportMatrix, MATRIX, matrixHistory, matrixView } from './readMatrix.ts'
