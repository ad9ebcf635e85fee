/** Node only: definitions become TypeScript types. */
export { typesFor } from './typesFor.ts'
