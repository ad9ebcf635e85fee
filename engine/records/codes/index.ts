export { oweNumbers, peekNumber, takeNumber, type CodePlace } from './codeCounter.ts'
export { giveCodes } from './giveCodes.ts'
export { previewCode } from './previewCode.ts'
