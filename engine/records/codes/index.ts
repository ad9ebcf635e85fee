export { giveCodes } from './giveCodes.ts'
export { previewCode } from './previewCode.ts'
