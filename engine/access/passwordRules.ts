import { dictionary } from '@zxcvbn-ts/language-common'
import type { Issue } from '#forms'

/** FM-D-013. */
export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 128

let common: Set<string> | null = null
/** Some fifty thousand passwords that guessers try first, in lower case. */
function commonPasswords(): Set<string> {
  common ??= new Set(dictionary['passwords-common'].map((word) => word.toLowerCase()))
  return common
}

/** A common word with digits and signs around it (`Password2026!`) is as easy to guess as the word. */
function isCommon(password: string): boolean {
  const lower = password.toLowerCase()
  const core = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return [lower, core].some((word) => word !== '' && commonPasswords().has(word)) || new Set(lower).size < 4
}

/** The part before the @, where it is long enough to mean anything. */
function containsName(password: string, email: string): boolean {
  const name = (email.split('@')[0] ?? '').toLowerCase()
  return name.length >= 3 && password.toLowerCase().includes(name)
}

/**
 * What is wrong with a new password, one issue per rule it breaks (rules `minLength`, `maxLength`, `common`, `name`).
 * Length is counted in characters as people see them (code points).
 */
export function passwordIssues(password: string, email: string): Issue[] {
  const length = [...password].length
  const issue = (rule: string, message: string, params: Issue['params'] = {}): Issue => ({
    path: 'password',
    rule,
    params,
    message,
    level: 'error',
  })
  return [
    ...(length < PASSWORD_MIN
      ? [issue('minLength', `Use al menos ${PASSWORD_MIN} caracteres.`, { limit: PASSWORD_MIN })]
      : []),
    ...(length > PASSWORD_MAX
      ? [issue('maxLength', `Use como máximo ${PASSWORD_MAX} caracteres.`, { limit: PASSWORD_MAX })]
      : []),
    ...(isCommon(password)
      ? [issue('common', 'Es una contraseña muy común: otras personas la adivinarían. Elija otra.')]
      : []),
    ...(containsName(password, email) ? [issue('name', 'No use en ella el nombre de su correo.')] : []),
  ]
}
