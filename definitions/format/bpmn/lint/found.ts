import type { Finding } from '../../types.ts'

/** A finding about one element; the caller of the lint knows the file. */
export const found = (code: string, at: string, message: string, cure: string): Finding => ({
  code,
  severity: 'error',
  file: '',
  at,
  message,
  cure,
})

export const warning = (code: string, at: string, message: string, cure: string): Finding => ({
  ...found(code, at, message, cure),
  severity: 'warn',
})

/** How a node is named in a message: by what the analyst wrote on it, else by its id. */
export const label = (node: { id: string; name: string }): string => `«${node.name || node.id}»`
