export { changeMatrix, previewMatrix, resetMatrix, type ChangeMatrixInput } from './changeMatrix.ts'
export { exportMatrix, MATRIX, matrixHistory, matrixView } from './readMatrix.ts'
