export { findDuplicates, type UniqueInput } from './findDuplicates.ts'
export { uniqueRules, type UniqueRule } from './uniqueRules.ts'
