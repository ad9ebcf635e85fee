export { choiceRules, type Choice, type ChoiceRules } from './choiceRules.ts'
export { findPreferred } from './findPreferred.ts'
export { referenceProblem } from './referenceProblem.ts'
