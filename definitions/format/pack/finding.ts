import { nearestName } from '../bpmn/nearestName.ts'
import type { Finding } from '../types.ts'

/** A finding that blocks publishing. `at` is a JSON pointer (`/properties/ruc`) or the id of a BPMN element. */
export function errorAt(code: string, file: string, at: string, message: string, cure?: string): Finding {
  return { code, severity: 'error', file, at, message, ...(cure && { cure }) }
}

/** A finding that only warns. */
export function warningAt(code: string, file: string, at: string, message: string, cure?: string): Finding {
  return { code, severity: 'warn', file, at, message, ...(cure && { cure }) }
}

/** The cure that proposes the nearest of the known names: `¿Quiso decir «ruc»?`, or lists some of them. */
export function proposeName(name: string, known: Iterable<string>): string {
  const names = [...known]
  const nearest = nearestName(name, names)
  if (nearest) return `¿Quiso decir «${nearest}»?`
  if (names.length === 0) return 'No hay ninguno definido'
  return `Hay: ${names.slice(0, 8).join(', ')}${names.length > 8 ? '…' : ''}`
}

/** A name that nothing has; `kind` with its article: `el campo`. */
export function unknownName(
  file: string,
  at: string,
  kind: string,
  name: string,
  known: Iterable<string>,
  code = 'unresolved',
): Finding {
  return errorAt(code, file, at, `No existe ${kind} «${name}»`, proposeName(name, known))
}

/** Finds fault where a name is not among those that are known. */
export type Expect = (at: string, kind: string, name: string, known: Iterable<string>) => void

/** An `Expect` about one file that adds to `findings`. */
export function expectIn(findings: Finding[], file: string, code?: string): Expect {
  return (at, kind, name, known) => {
    const names = [...known]
    if (!names.includes(name)) findings.push(unknownName(file, at, kind, name, names, code))
  }
}
