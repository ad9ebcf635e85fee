/** Node only: schemas become validators, here and as modules for the page. */
export { compileValidator, type CompiledSchema } from './compileValidator.ts'
