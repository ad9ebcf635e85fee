import type { FormFieldUse } from '../types.ts'

/** Names of fields in a label or code pattern: `{ruc|id}-{ceco}` → ruc, id, ceco. `{year}` and `{seq:4}` are none. */
export function namesInPattern(pattern: string): string[] {
  return [...pattern.matchAll(/\{([^{}]*)\}/g)]
    .flatMap(([, token = '']) => token.split('|'))
    .map((token) => token.split('.')[0] ?? '')
    .filter((name) => name !== 'year' && !name.startsWith('seq:'))
}

export function fieldOfUse(use: string | FormFieldUse): string {
  return typeof use === 'string' ? use : use.field
}

/** Every `{ "setting": "a.b" }` of a definition, with its JSON pointer. */
export function settingPaths(node: unknown, at = ''): { at: string; path: string }[] {
  if (node === null || typeof node !== 'object') return []
  const setting = (node as { setting?: unknown }).setting
  if (typeof setting === 'string' && Object.keys(node).length === 1) return [{ at, path: setting }]
  return Object.entries(node).flatMap(([key, value]) => settingPaths(value, `${at}/${key}`))
}
