import { foldText } from '#forms'
import type { EntityDefinition } from '#definitions'
import { filteredTexts, searchedFields, SHORTEST, TAIL, tailMark } from '../../packs/index.ts'
import type { Filter } from '../../persistence/index.ts'

/** A text that means itself in a pattern. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A value that no record has: of nothing, nothing is found. */
export const NOTHING: Filter = { _id: { $in: [] } }

const accented: Record<string, string> = {
  a: 'aáàäâã',
  e: 'eéèëê',
  i: 'iíìïî',
  o: 'oóòöôõ',
  u: 'uúùüû',
  n: 'nñ',
  c: 'cç',
  y: 'yýÿ',
}

/** Pattern of a text in any case and with any accents (FM-D-126): values are stored as they were typed. */
export function anyAccent(text: string): string {
  return literal(foldText(text).trim())
    .replace(/\s+/g, '\\s+')
    .replace(/[aeiouncy]/g, (letter) => `[${accented[letter] ?? letter}]`)
}

/** Records whose value contains the text: reads each of them. */
export const saysText = (path: string, text: string): Filter => ({
  [`data.${path}`]: { $regex: anyAccent(text), $options: 'i' },
})

/** Records with a tail that begins so: a range of one index. */
export const hasTail = (beginning: string): Filter => ({ tails: { $regex: `^${literal(beginning)}` } })

/** The words of what somebody typed, folded, the longest (and so, as a rule, the rarest) first. */
export function wordsOf(text: string): string[] {
  const words = foldText(text).split(/\s+/).filter(Boolean)
  return [...new Set(words)].sort((a, b) => b.length - a.length).slice(0, 8)
}

/**
 * Records whose field contains the text. The tails of its longest word find them; where these cannot tell (several
 * words, a very long one, a field that shares its tails with others) the value is read too. A text of one or two letters
 * or in a field without tails is looked for in every value.
 */
export function containsText(definition: EntityDefinition, path: string, text: string): Filter {
  const words = wordsOf(text)
  const longest = words[0]
  if (longest === undefined) return NOTHING
  const says = saysText(path, text)
  const shared = searchedFields(definition).includes(path)
  if (longest.length < SHORTEST || !(shared || filteredTexts(definition).includes(path))) return says
  const found = hasTail((shared ? '' : tailMark(path)) + longest.slice(0, TAIL))
  const exact = !shared && words.length === 1 && longest.length <= TAIL
  return exact ? found : { $and: [found, says] }
}

/**
 * Records whose code, or an earlier one, contains the text. A code that the quick search does not look into has no tails,
 * and one or two letters would find nearly all: there it is how the code begins.
 */
export function containsCode(definition: EntityDefinition, name: string, text: string): Filter {
  const longest = wordsOf(text)[0] ?? ''
  if (longest.length < SHORTEST || !searchedFields(definition).includes(name))
    return hasTail(tailMark(name) + foldText(text.trim()))
  const earlier = { aliases: { $regex: anyAccent(text), $options: 'i' } }
  return { $and: [hasTail(longest.slice(0, TAIL)), { $or: [saysText(name, text), earlier] }] }
}

/**
 * The quick search: every word must occur in the searched fields. Of one or two letters a word is looked for where words
 * begin. Fields that the reader may not see do not count.
 */
export function quickSearch(definition: EntityDefinition, readable: Set<string>, q: string): Filter[] {
  const searched = searchedFields(definition)
  const seen = searched.filter((field) => readable.has(field))
  const words = wordsOf(q)
  if (words.length > 0 && seen.length === 0) return [NOTHING]
  return words.flatMap((word) => {
    const filters = [hasTail(word.slice(0, TAIL))]
    if (word.length < SHORTEST) filters.push({ search: { $regex: `(^|\\s)${literal(word)}` } })
    if (word.length > TAIL) filters.push({ search: { $regex: literal(word) } })
    if (seen.length < searched.length) filters.push({ $or: seen.map((field) => saysText(field, word)) })
    return filters
  })
}
