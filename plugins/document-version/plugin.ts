import { definePlugin } from '#plugins/contract'
import { next } from './next.ts'

/** Numbers of document versions: v1.0, v1.1, v2.0. */
export const documentVersion = definePlugin({ name: 'version', contract: 1, functions: { next } })
