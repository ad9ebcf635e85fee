import { createHash } from 'node:crypto'
import { foldText, type FormSchema, type Json, type JsonObject } from '#forms'
import { fieldKind, isList, type EntityDefinition } from '#definitions'

/** What every list shows unless it is asked for others: neither deleted nor set inactive. */
export const LISTED = { deletedAt: null, inactiveAt: null }

/** What a record holds besides its data so that lists find and sort it by index (docs/decisions/0046). */
export interface ListKeys {
  /** Folded text of the searched fields, for the quick search. */
  search: string
  /**
   * Every word of the searched fields and its tails (`bomba omba mba`): what contains a text has a tail that begins with
   * it. Words of fields that only a filter looks into stand behind the field's name.
   */
  tails: string[]
  /** Values of fields whose stored form does not compare: folded texts, decimals and instants as numbers. */
  keys: Record<string, string | number>
  /** Which rules these were made by; a definition that lists otherwise makes them anew. */
  listed: string
}

/** Letters of a tail that are kept: longer words are told apart by reading the record. */
export const TAIL = 12
/** A text of fewer letters is looked for at the beginning of words only. */
export const SHORTEST = 3
/** Letters a text is sorted by. */
const SORTED = 100
/** Changes when the rules of this file do, so that existing records get their keys anew. */
const FORMAT = 1

export function listKeysOf(definition: EntityDefinition, data: JsonObject, aliases: readonly string[] = []): ListKeys {
  const searched = searchedFields(definition)
  const search = foldText([...searched.flatMap((path) => textsAt(data, path)), ...aliases].join(' ')).trim()
  const tails = new Set<string>()
  addTails(tails, search, '')
  for (const path of filteredTexts(definition)) addTails(tails, foldText(textsAt(data, path).join(' ')), tailMark(path))
  // A code is looked for by how it begins: earlier ones of the record find it too.
  for (const name of filteredCodes(definition))
    for (const code of [...textsAt(data, name), ...aliases]) tails.add(tailMark(name) + foldText(code).slice(0, SORTED))
  return { search, tails: [...tails], keys: keysOf(definition, data), listed: listRules(definition) }
}

/** Fields of the quick search. */
export const searchedFields = (definition: EntityDefinition): string[] => definition['x-list']?.search ?? []

/** Where the words of a field stand that the quick search does not look into. */
export const tailMark = (path: string): string => `${path}\n`

/** Paths of texts that filters look into and the quick search does not. */
export function filteredTexts(definition: EntityDefinition): string[] {
  const searched = new Set(searchedFields(definition))
  const paths = (definition['x-list']?.filters ?? []).flatMap((filter) =>
    typeof filter === 'string' ? [filter] : (filter.paths ?? []),
  )
  return [...new Set(paths)].filter((path) => !searched.has(path) && fieldKind(propertyAt(definition, path)) === 'text')
}

const filteredCodes = (definition: EntityDefinition): string[] =>
  ownFilters(definition).filter((name) => fieldKind(definition.properties[name]) === 'code')

/** What a path leads to: a field, or a column of a sub-list. */
export function propertyAt(definition: FormSchema, path: string): FormSchema | undefined {
  let schema: FormSchema | undefined = definition
  for (const part of path.split('.')) {
    const within: FormSchema | undefined = schema?.items ?? schema
    schema = within?.properties && Object.hasOwn(within.properties, part) ? within.properties[part] : undefined
  }
  return schema
}

/** Values at a path, those of every row of a sub-list. */
export function valuesAt(data: Json | undefined, path: string): Json[] {
  let found: Json[] = data === undefined ? [] : [data]
  for (const part of path.split('.'))
    found = found.flat().flatMap((value) => {
      const next = value !== null && typeof value === 'object' ? (value as JsonObject)[part] : undefined
      return next === undefined || next === null ? [] : [next]
    })
  return found.flat()
}

export const textsAt = (data: JsonObject, path: string): string[] =>
  valuesAt(data, path).flatMap((value) =>
    typeof value === 'string' || typeof value === 'number' ? [String(value)] : [],
  )

/** A value as it is compared where its stored form does not compare (instants as milliseconds): null for nothing. */
export function keyOf(property: FormSchema | undefined, value: Json | undefined): string | number | null {
  if (value === undefined || value === null || value === '') return null
  const kind = fieldKind(property)
  if (kind === 'decimal' || kind === 'moment') {
    const number = kind === 'decimal' ? Number(value) : Date.parse(String(value))
    return Number.isFinite(number) ? number : null
  }
  return foldText(String(value)).slice(0, SORTED)
}

/** Where the comparable value of a field is stored; null where lists cannot compare it (see `fieldKind`). */
export function comparedPath(definition: EntityDefinition, name: string): string | null {
  const property = Object.hasOwn(definition.properties, name) ? definition.properties[name] : undefined
  // A state that follows by date is stored nowhere.
  if (isList(property) || definition['x-effective']?.state?.field === name) return null
  switch (fieldKind(property)) {
    case 'none':
      return null
    case 'text':
    case 'code':
    case 'decimal':
    case 'moment':
      return `keys.${name}`
    default:
      return `data.${name}`
  }
}

/** Fields a list can be sorted by: those it names. A reference cannot: its name is another record's, and changes with it. */
export function sortableFields(definition: EntityDefinition): string[] {
  const list = definition['x-list']
  const order = (list?.sort ?? '').replace(/^-/, '')
  const names = [...(list?.columns ?? []), ...ownFilters(definition), ...searchedFields(definition), order]
  return [...new Set(names)].filter(
    (name) => comparedPath(definition, name) !== null && fieldKind(definition.properties[name]) !== 'reference',
  )
}

/** Filters that are one field. */
export const ownFilters = (definition: EntityDefinition): string[] =>
  (definition['x-list']?.filters ?? []).filter((filter) => typeof filter === 'string')

function keysOf(definition: EntityDefinition, data: JsonObject): ListKeys['keys'] {
  const keys: ListKeys['keys'] = {}
  for (const name of sortableFields(definition)) {
    if (!comparedPath(definition, name)?.startsWith('keys.')) continue
    const key = keyOf(definition.properties[name], data[name])
    if (key !== null) keys[name] = key
  }
  return keys
}

function addTails(tails: Set<string>, folded: string, mark: string): void {
  for (const word of folded.split(/\s+/)) {
    if (word === '') continue
    tails.add(mark + word.slice(0, TAIL))
    for (let at = 1; at <= word.length - SHORTEST; at++) tails.add(mark + word.slice(at, at + TAIL))
  }
}

const rules = new WeakMap<EntityDefinition, string>()

/** A short name of everything that the keys depend on. */
export function listRules(definition: EntityDefinition): string {
  const known = rules.get(definition)
  if (known) return known
  const sorted = sortableFields(definition).map((name) => `${name}:${fieldKind(definition.properties[name])}`)
  const said = JSON.stringify([
    FORMAT,
    searchedFields(definition),
    filteredTexts(definition),
    filteredCodes(definition),
    sorted,
  ])
  const name = createHash('sha256').update(said).digest('hex').slice(0, 12)
  rules.set(definition, name)
  return name
}
