export { onAccountReady, removeAccount, syncAccount } from './accounts.ts'
export {
  actorKeys,
  can,
  candidateKeysOf,
  demand,
  expressionActor,
  fieldRights,
  identityOf,
  isCandidate,
  mayDo,
  rowFilter,
  subjectsOf,
} from './permissions.ts'
export { contextFor, contextForRecord, fits, hatsOf, mineOf, possibleFor, turnsOf, withStandIns, type Hat } from './hats.ts'
export { hashPassword, verifyPassword } from './passwords.ts'
export {
  actorOf,
  readSession,
  reauthenticate,
  signIn,
  signOut,
  type OpenSession,
  type SignInInput,
} from './sessions.ts'
