const CLASSES: Record<string, string> = {
  '\\d': 'dígitos',
  '[0-9]': 'dígitos',
  '[A-Z]': 'letras mayúsculas',
  '[a-z]': 'letras minúsculas',
  '[A-Za-z]': 'letras',
  '[a-zA-Z]': 'letras',
  '[0-9A-Z]': 'letras mayúsculas y números',
  '[A-Z0-9]': 'letras mayúsculas y números',
  '[0-9A-Za-z]': 'letras y números',
  '[A-Za-z0-9]': 'letras y números',
  '[a-zA-Z0-9]': 'letras y números',
}

const SIMPLE = /^\^(\\d|\[[^\]]+\])(?:\{(\d+)(?:(,)(\d+)?)?\}|(\+))?\$$/
const DECIMAL = /^\^-\?\\d\{1,18\}(?:\(\\\.\\d\{1,(\d+)\}\)\?)?\$$/

/** What a simple pattern asks, in words: `^\d{11}$` → "Debe tener 11 dígitos". Null for any other. */
export function describePattern(pattern: string): string | null {
  const decimal = DECIMAL.exec(pattern)
  if (decimal) {
    if (!decimal[1]) return 'Debe ser un número sin decimales'
    return `Debe ser un número con hasta ${decimal[1]} ${decimal[1] === '1' ? 'decimal' : 'decimales'}`
  }
  const simple = SIMPLE.exec(pattern)
  const what = simple && CLASSES[simple[1]!]
  if (!simple || !what) return null
  const [, , least, comma, most, plus] = simple
  if (plus || least === undefined) return `Solo admite ${what}`
  if (!comma) return `Debe tener ${least} ${what}`
  if (most === undefined) return `Debe tener al menos ${least} ${what}`
  return Number(least) <= 1 ? `Solo admite ${what}, hasta ${most}` : `Debe tener de ${least} a ${most} ${what}`
}
