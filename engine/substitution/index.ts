export { forgetSubstitutions, standInsOf, substitutesOf, todayOf, type Substitute } from './standIns.ts'
export { coversFrom, type Cover, type Edge } from './coversFrom.ts'
