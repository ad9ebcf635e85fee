import { lowerFirst } from '../schema/lowerFirst.ts'

/** Words that end like the other gender. */
const MASCULINE = new Set('día mapa tema problema sistema programa idioma clima planeta diploma esquema'.split(' '))
const FEMININE = new Set(
  'foto moto mano radio imagen firma clave sede base fase clase calle llave nube orden razón'.split(' '),
)
/** Words that end like a plural. */
const SINGULAR = new Set('mes gas bus alias campus virus atlas lunes martes miércoles jueves viernes'.split(' '))
const FEMININE_ENDINGS = /(a|ión|dad|tad|tud|ez|umbre|sis)$/

/** "Falta el celular", "Falta la razón social", "Faltan las fotos". */
export function missingPhrase(title: string): string {
  // A choice of two has no gender: "Falta: Nacional / Extranjero".
  if (/\s\/\s/.test(title)) return `Falta: ${title}`
  const word = (title.split(/[\s/(:,]/)[0] ?? '').toLowerCase()
  const isPlural = /[aeiouáéó]s$/.test(word) && !SINGULAR.has(word) && !/(sis|és|ís)$/.test(word)
  const singular = isPlural ? word.replace(/s$/, '').replace(/([^aeiou])e$/, '$1') : word
  const stem = isPlural && FEMININE.has(word.slice(0, -1)) ? word.slice(0, -1) : singular
  const isFeminine = !MASCULINE.has(stem) && (FEMININE.has(stem) || FEMININE_ENDINGS.test(stem) || /ion$/.test(stem))
  const article = isPlural ? (isFeminine ? 'las' : 'los') : isFeminine ? 'la' : 'el'
  return `${isPlural ? 'Faltan' : 'Falta'} ${article} ${lowerFirst(title)}`
}
