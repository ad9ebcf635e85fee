import type { Json, JsonObject } from '../types.ts'
import { isEmpty, valueAt } from './valueAt.ts'

/**
 * Fills a pattern of names: `"{codigo} · {razonSocial}"`, `"{ruc|identificador}"` (the first that is not empty).
 * `lookup` may answer for a path before the data does (`{tipo.nombre}` of a catalogue). Empty parts leave no
 * dangling separators.
 */
export function renderPattern(pattern: string, data: JsonObject, lookup?: (path: string) => Json | undefined): string {
  const text = pattern.replace(/\{([^{}]+)\}/g, (_whole, names: string) => {
    for (const name of names.split('|')) {
      const path = name.trim()
      const value = lookup?.(path) ?? valueAt(data, path)
      if (!isEmpty(value)) return asText(value!)
    }
    return ''
  })
  return text
    .replace(/\s{2,}/g, ' ')
    .replace(/^\s*[·–—|,/-]\s+|\s+[·–—|,/-]\s*$/g, '')
    .trim()
}

function asText(value: Json): string {
  if (Array.isArray(value)) return value.map(asText).join(', ')
  return typeof value === 'object' && value !== null ? '' : String(value)
}
