import { compileRule, type FormSchema, parentFields } from '#forms'
import { fieldKind, isList, type EntityDefinition, type RolesFile } from '#definitions'
import type { Ctx } from '../context.ts'
import { comparedPath, LISTED, ownFilters, sortableFields } from './listKeys.ts'
import { renewListKeys } from './renewListKeys.ts'

type Keys = Record<string, 1 | -1>
interface WantedIndex {
  keys: Keys
  options?: { unique?: boolean; partialFilterExpression?: object }
}

/** MongoDB allows 64; some are left for what else a collection needs. */
const MOST_INDEXES = 56
/** Kinds that lists ask for between two values. */
const RANGED = ['date', 'moment', 'integer', 'decimal']
/** Choices of up to so many options leave too much to be worth a pair. */
const FEW_OPTIONS = 4

/**
 * Builds the indexes that the definitions imply (unique values, codes, filters, sort order and row rules), and gives the
 * records what lists find them by.
 */
export async function ensureEntityIndexes(
  ctx: Ctx,
  entities: Record<string, EntityDefinition>,
  roles: RolesFile,
): Promise<void> {
  for (const [entity, definition] of Object.entries(entities)) {
    await ctx.store.ensureRecordIndexes(entity, indexesOf(entity, definition, roles))
    await renewListKeys(ctx, entity, definition)
  }
}

interface UniqueWord {
  with?: string[]
  space?: string
  where?: string
  level?: unknown
}

/** Places that hold ids of other records: what refers to a record must be found before it is deleted. */
const referencedPaths = (schema: FormSchema, prefix: string): string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
    ...(property['x-ref'] || property.items?.['x-ref'] ? [`${prefix}${name}`] : []),
    ...referencedPaths(property.items ?? property, `${prefix}${name}.`),
  ])

export function indexesOf(entity: string, definition: EntityDefinition, roles: RolesFile): WantedIndex[] {
  const indexes = new IndexList()
  for (const [field, property] of Object.entries(definition.properties)) {
    const given = property['x-unique'] as true | UniqueWord | undefined
    const unique = given === true ? {} : given
    if (property['x-code']) indexes.addUnique([field], {})
    if (unique) indexes.addUnique([field, ...(unique.with ?? [])], unique)
    // Scanning looks here, whatever else makes the code unique.
    if (property['x-qr']) indexes.add({ tenant: 1, [`data.${field}`]: 1 })
    if (property['x-code']) indexes.add({ tenant: 1, aliases: 1 })
  }
  const effective = definition['x-effective']
  if (effective) {
    // One per day on each timeline; what was cancelled frees its day.
    const fields = [effective.from, ...(effective.by ?? [])].map((name) => [`data.${name}`, 1])
    indexes.add(
      { tenant: 1, ...(Object.fromEntries(fields) as Keys) },
      { unique: true, partialFilterExpression: { 'effective.counts': true, deletedAt: null } },
    )
  }
  for (const path of referencedPaths(definition, '')) indexes.add({ tenant: 1, [`data.${path}`]: 1 })
  for (const rule of definition['x-unique'] ?? []) indexes.addUnique(rule.fields, rule)
  for (const rule of Object.values(roles.rows?.[entity] ?? {})) {
    for (const path of compileRule(rule).paths) {
      if (path.includes('.')) continue
      if (definition.properties[path]) indexes.add({ tenant: 1, [`data.${path}`]: 1 })
    }
  }
  indexes.add({ tenant: 1, updatedAt: -1, _id: -1 })
  indexes.add({ tenant: 1, listed: 1 })
  addListIndexes(indexes, definition)
  return indexes.all
}

/**
 * Of a list: the words, every order, and every filter with the list's own order behind it, so that a page is read and not
 * sorted. Filters that leave much each are also paired.
 */
function addListIndexes(indexes: IndexList, definition: EntityDefinition): void {
  const order = orderOf(definition)
  // Also for those who list what is inactive or deleted.
  indexes.add({ tenant: 1, ...order })
  // The order behind each word: the first page of a common one is read from where it begins.
  const [first] = Object.entries(order)
  indexes.addListed(first ? { tails: 1, [first[0]]: first[1] } : { tails: 1 })
  const columns = new Set(definition['x-list']?.columns)
  for (const name of sortableFields(definition)) {
    // Equal values have an index below, words one above; orders that are not on the page are sorted when asked for.
    if (!columns.has(name) && !RANGED.includes(fieldKind(definition.properties[name]))) continue
    const path = comparedPath(definition, name)
    if (path) indexes.addListed({ [path]: 1, _id: 1 })
  }
  const equal = ownFilters(definition).filter((name) => isEqual(definition, name))
  for (const name of equal) indexes.addListed({ [`data.${name}`]: 1, ...order })
  for (const [index, first] of equal.entries())
    for (const second of equal.slice(index + 1))
      if (arePaired(definition, first, second))
        indexes.addListed({ [`data.${first}`]: 1, [`data.${second}`]: 1, ...order })
}

/** The list's own order, with the id behind it. */
function orderOf(definition: EntityDefinition): Keys {
  const sort = definition['x-list']?.sort ?? '-updatedAt'
  const direction = sort.startsWith('-') ? -1 : 1
  const name = sort.replace(/^-/, '')
  return { [comparedPath(definition, name) ?? name]: direction, _id: direction }
}

const isEqual = (definition: EntityDefinition, name: string): boolean =>
  ['choice', 'boolean', 'catalog', 'reference'].includes(fieldKind(definition.properties[name]))

/** Both leave much of a long list, neither follows from the other, and neither holds several values. */
function arePaired(definition: EntityDefinition, first: string, second: string): boolean {
  return (
    isBroad(definition, first) &&
    isBroad(definition, second) &&
    !within(definition, first, second) &&
    !within(definition, second, first)
  )
}

function isBroad(definition: EntityDefinition, name: string): boolean {
  const property = definition.properties[name] ?? {}
  if (isList(property)) return false
  const options = property.oneOf ?? property.enum
  return options ? options.length > FEW_OPTIONS : fieldKind(property) === 'catalog'
}

/** Whether a catalogue field is chosen within another, at any depth: then the inner one alone narrows as much. */
function within(definition: EntityDefinition, inner: string, outer: string): boolean {
  const named = definition.properties[inner]?.['x-catalog'] as { prefer?: string[] } | string | undefined
  if (typeof named !== 'object') return false
  if (named.prefer?.some((rule) => compileRule(rule).inputs.includes(`value.${outer}`))) return true
  return parentFields(named).some((parent) => parent === outer || within(definition, parent, outer))
}

class IndexList {
  readonly #byKeys = new Map<string, WantedIndex>()

  get all(): WantedIndex[] {
    return [...this.#byKeys.values()]
  }

  add(keys: Keys, options?: WantedIndex['options']): void {
    const name = Object.entries(keys).flat().join()
    // Of the same keys the first one stays, but a unique one: only it also keeps a rule.
    if (this.#byKeys.has(name) && !options?.unique) return
    this.#byKeys.set(name, { keys, ...(options ? { options } : {}) })
  }

  /**
   * The store's own index keeps a rule that holds in all records of this entity, always. Where a condition, a setting or
   * another entity has a say, the writer looks himself: the index only makes it quick.
   */
  addUnique(fields: string[], { space, where, level }: UniqueWord): void {
    const keys = Object.fromEntries([['tenant', 1], ...fields.map((field) => [`data.${field}`, 1])]) as Keys
    if (space !== undefined || where !== undefined || level !== undefined) return this.add(keys)
    // Empty is never equal, and a deleted record frees its values.
    const partialFilterExpression = { [`data.${fields[0] ?? ''}`]: { $type: 'string' }, deletedAt: null }
    this.add(keys, { unique: true, partialFilterExpression })
  }

  /** An index of what lists show; left out when there are too many already, which costs speed only. */
  addListed(keys: Keys): void {
    if (this.#byKeys.size < MOST_INDEXES) this.add({ tenant: 1, ...keys }, { partialFilterExpression: LISTED })
  }
}
