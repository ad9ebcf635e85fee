import { StoreError } from '../errors.ts'
import { wholeNumber } from '../bson/numbers.ts'
import { encode } from '../bson/encode.ts'
import type { Doc, Value } from '../bson/values.ts'

/** How strings compare under a collation. `fold` gives a text that is equal exactly when the strings are. */
export interface StringOrder {
  compare(a: string, b: string): number
  fold(text: string): string
  /** Distinguishes collations: an index serves only queries of its own. */
  readonly id: string
  readonly spec: Doc
}

const cache = new Map<string, StringOrder>()

/**
 * The order a `collation` document asks for; undefined for none and for `{locale: 'simple'}`.
 * Strength 1 ignores case and accents, 2 ignores case. Strength 3 and above compare with Intl and have no fold that
 * an index could use, so `fold` keeps the text.
 * @throws StoreError 2 for an unknown locale or option, 9 for a missing locale
 */
export function collationOf(spec: Value | undefined): StringOrder | undefined {
  if (spec === undefined) return undefined
  if (!(spec instanceof Map)) throw new StoreError(14, 'collation must be a document')
  if (spec.size === 0) return undefined
  const locale = spec.get('locale')
  if (typeof locale !== 'string')
    throw new StoreError(40414, "BSON field 'collation.locale' is missing but a required field")
  if (locale === 'simple') return undefined
  const id = encode(spec).toString('latin1')
  let order = cache.get(id)
  if (!order) cache.set(id, (order = build(spec, locale, id)))
  return order
}

const KNOWN = new Set([
  'locale',
  'strength',
  'caseLevel',
  'caseFirst',
  'numericOrdering',
  'alternate',
  'maxVariable',
  'normalization',
  'backwards',
  'version',
])

function build(spec: Doc, locale: string, id: string): StringOrder {
  for (const name of spec.keys()) {
    if (!KNOWN.has(name)) throw new StoreError(40415, `BSON field 'collation.${name}' is an unknown field.`)
  }
  const strength = wholeNumber(spec.get('strength')) ?? 3
  if (strength < 1 || strength > 5) throw new StoreError(2, 'Enumeration value for collation.strength is invalid')
  if (spec.get('backwards') === true || (spec.get('alternate') ?? 'non-ignorable') !== 'non-ignorable')
    throw new StoreError(2, 'collation options backwards and alternate are not supported by the embedded store')
  const caseLevel = spec.get('caseLevel') === true
  const caseFirst = spec.get('caseFirst')
  const sensitivity =
    strength === 1 ? (caseLevel ? 'case' : 'base') : strength === 2 ? (caseLevel ? 'variant' : 'accent') : 'variant'
  let collator: Intl.Collator
  try {
    collator = new Intl.Collator(locale.replaceAll('_', '-'), {
      sensitivity,
      numeric: spec.get('numericOrdering') === true,
      caseFirst: caseFirst === 'upper' || caseFirst === 'lower' ? caseFirst : 'false',
    })
  } catch {
    throw new StoreError(2, `Field 'locale' is invalid in: { locale: "${locale}" }`)
  }
  const foldCase = strength <= 2 && !caseLevel
  const foldAccents = strength === 1
  const folds = strength <= 2 && spec.get('numericOrdering') !== true
  const fold = (text: string): string => {
    if (!folds) return text
    let folded = text.normalize('NFD')
    if (foldAccents) folded = folded.replace(/\p{M}+/gu, '')
    return foldCase ? folded.toLowerCase() : folded
  }
  return {
    id,
    spec,
    fold,
    // Where strings fold, equality is that of the fold, so that an index and a scan agree to the letter.
    compare: (a, b) => {
      if (folds && fold(a) === fold(b)) return 0
      return collator.compare(a, b) || (folds ? (fold(a) < fold(b) ? -1 : 1) : 0)
    },
  }
}
