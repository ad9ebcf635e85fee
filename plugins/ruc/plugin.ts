import { definePlugin } from '#plugins/contract'
import { isValid } from './isValid.ts'

/** Peruvian taxpayer numbers (RUC). */
export const ruc = definePlugin({ name: 'ruc', contract: 1, functions: { isValid } })
