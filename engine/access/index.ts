export {
  actorKeys,
  can,
  candidateKeysOf,
  demand,
  expressionActor,
  fieldRights,
  isCandidate,
  mayDo,
  rowFilter,
  subjectsOf,
} from './permissions.ts'
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
