import type { Json } from '#forms'

/** Names that expressions know; a bare word in a title that is none of these is a field of the record. */
const roots = new Set(['outcome', 'form', 'task', 'result', 'results', 'record', 'ref', 'vars', 'settings', 'actor'])

/**
 * Fills a title pattern: `Revisar {codigo}` or `Revisar {record.codigo} de {ref.sede.nombre}`. Each pair of braces
 * holds FEEL; what is empty leaves nothing behind.
 */
export function taskTitle(pattern: string, evaluate: (text: string) => Json): string {
  return pattern
    .replace(/\{([^{}]*)\}/g, (_, inner: string) => {
      const text = inner.trim()
      const isField = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) && !roots.has(text)
      const value = evaluate(isField ? `record.${text}` : text)
      return value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
    })
    .replace(/\s+/g, ' ')
    .trim()
}
