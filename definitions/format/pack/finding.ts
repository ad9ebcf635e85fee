import type { Finding } from '../types.ts'

/** A finding that blocks publishing. `at` is a JSON pointer (`/properties/ruc`) or the id of a BPMN element. */
export function errorAt(code: string, file: string, at: string, message: string, cure?: string): Finding {
  return { code, severity: 'error', file, at, message, ...(cure && { cure }) }
}

/** A finding that only warns. */
export function warningAt(code: string, file: string, at: string, message: string, cure?: string): Finding {
  return { code, severity: 'warn', file, at, message, ...(cure && { cure }) }
}

/** The end of a cure that proposes the nearest of the known names: `¿Quiso decir «ruc»?`, or lists some of them. */
export function proposeName(nearest: string | null, known: Iterable<string>): string {
  if (nearest) return `¿Quiso decir «${nearest}»?`
  const names = [...known]
  if (names.length === 0) return 'No hay ninguno definido'
  return `Hay: ${names.slice(0, 8).join(', ')}${names.length > 8 ? '…' : ''}`
}
