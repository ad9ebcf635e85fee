import { foldText } from '#forms'

/** A key for what the analyst names: «Enviar propuesta» → `enviarPropuesta`; unique among those taken. */
export function keyFromLabel(label: string, taken: string[] = [], separator: '' | '-' = ''): string {
  const words = foldText(label).match(/[a-z0-9]+/g) ?? ['nuevo']
  const joined = separator
    ? words.join(separator)
    : words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('')
  const base = /^\d/.test(joined) ? `n${joined}` : joined
  let key = base
  for (let n = 2; taken.includes(key); n++) key = `${base}${separator}${n}`
  return key
}
