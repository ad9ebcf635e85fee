export {
  actorKeys,
  can,
  candidateKeysOf,
  demand,
  expressionActor,
  fieldRights,
  isCandidate,
  identityOf,
  mayDo,
  rowFilter,
  subjectsOf,
} from './permissions.ts'
export { hashPassword, verifyPassword } from './passwords.ts'
export { contextFor, fits, hatsOf, mineOf, possibleFor, turnsOf, withStandIns, type Hat } from './hats.ts'
export {
  actorOf,
  readSession,
  reauthenticate,
  signIn,
  signOut,
  type OpenSession,
  type SignInInput,
} from './sessions.ts'
