import { ApiError } from '../../client/http/ApiError.ts'

/** The password that a page asked for again was not the right one: said plainly where it was typed. */
export const isWrongPassword = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'session.reauthenticate'
