/** Where an annotation may stand: a property, the entity (or form) itself, or an option of `oneOf`. */
export type AnnotationPlace = 'property' | 'entity' | 'option'

export interface Annotation {
  name: string
  on: AnnotationPlace[]
  /** False: reserved or designed, but nothing acts on it yet. Such a word is refused, never ignored. */
  built: boolean
}

function words(on: AnnotationPlace[], names: string, built = true): Annotation[] {
  return names.split(' ').map((name) => ({ name: `x-${name}`, on, built }))
}

/**
 * Every `x-…` word a definition may use. `docs/forms.md` says what each means; a word that is not here is
 * refused by name, with the nearest one.
 */
export const ANNOTATIONS: readonly Annotation[] = [
  ...words(['property'], 'state code computed default visible-when required-when editable-when fixed error'),
  ...words(['property'], 'normalize ref catalog suggest decimal money unit file table history audience personal'),
  ...words(['property'], 'widget edit form qr exchange secret lookup'),
  ...words(['property', 'entity'], 'unique check'),
  ...words(['option'], 'color icon public-title terminal'),
  ...words(
    ['entity'],
    'label title-plural gender list facts related sections delete inactivate account import effective',
  ),
  ...words(['property'], 'encrypted translatable ledger derive tax meter limit', false),
  ...words(['entity'], 'retention audit on extends tree offline', false),
]

const byName = new Map(ANNOTATIONS.map((annotation) => [annotation.name, annotation]))

const PLACES: Record<AnnotationPlace, string> = {
  property: 'una propiedad',
  entity: 'la entidad o el formulario',
  option: 'una opción de oneOf',
}

/** Why an `x-…` word cannot stand at a place, in Spanish; null when it can. */
export function refusalOf(name: string, place: AnnotationPlace): string | null {
  const known = byName.get(name)
  if (!known) return `«${name}» no existe; ¿quiso decir «${nearestAnnotation(name)}»?`
  if (!known.built) return `«${name}» todavía no está construido`
  if (known.on.includes(place)) return null
  return `«${name}» va en ${known.on.map((right) => PLACES[right]).join(' o en ')}, no en ${PLACES[place]}`
}

/** The known word that differs least from a mistyped one. */
export function nearestAnnotation(name: string): string {
  let best = ANNOTATIONS[0]!.name
  let least = Infinity
  for (const annotation of ANNOTATIONS) {
    const distance = editDistance(name, annotation.name)
    if (distance < least) [best, least] = [annotation.name, distance]
  }
  return best
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
