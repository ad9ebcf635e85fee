export { suggestValues, type SuggestValuesInput } from './suggestValues.ts'
export { unknownValues } from './unknownValues.ts'
