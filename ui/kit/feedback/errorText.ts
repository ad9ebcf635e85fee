import type { TFunction } from 'i18next'
import { ApiError } from '../../client/http/ApiError.ts'

/**
 * What a person reads when something failed. The server's Spanish sentence knows the particulars (who, when), so it
 * wins in Spanish; other languages and a missing sentence read the text of the code.
 */
export function errorText(error: unknown, t: TFunction, language = 'es'): string {
  if (!(error instanceof ApiError)) return t('errors.internal')
  if (language === 'es' && error.body?.message) return error.body.message
  return t(`errors.${error.code}`, { defaultValue: error.message || t('errors.internal') })
}
