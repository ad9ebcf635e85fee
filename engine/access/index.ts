export { fixedRule, granting, isOpenTo, rowRules, subjectsOf } from './matrix.ts'
export { fitsRecord, mayRun, offeredActions } from './offeredActions.ts'
export { demandStep, mayStep, separationOf } from './separation.ts'
export { removeAccount, syncAccount } from './accounts.ts'
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
  ruleEnvironment,
} from './permissions.ts'
export {
  alsoOf,
  contextsFor,
  contextForEntity,
  contextForRecord,
  fits,
  hatsOf,
  turnsOf,
  withStandIns,
  type Hat,
} from './hats.ts'
export { hashPassword, verifyPassword } from './passwords.ts'
export { laterContext } from './laterContext.ts'
export { actorOf, readSession, signIn, signOut, type OpenSession, type SignInInput } from './sessions.ts'
export { endOwnSession, endOwnSessions, endSessionsOf, findOwnSessions } from './endSessions.ts'
export { confirmPassword, demandRecentPassword, reauthenticate } from './recentPassword.ts'
export {
  findPasswordToken,
  queuePasswordToken,
  requestPasswordToken,
  sendPasswordToken,
  type Visit,
} from './passwordTokens.ts'
export { changePassword, setPasswordByToken } from './setPassword.ts'
export { sendSecretMail } from './sendSecretMail.ts'
export { prepareFirstAdministrator } from './firstAdministrator.ts'
export { demandRoom, takeFromLimit, tooMany, type Limit } from './attempts.ts'
export {
  ACCOUNTS,
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
  secondFactorState,
} from './secondFactor/setUpSecondFactor.ts'
