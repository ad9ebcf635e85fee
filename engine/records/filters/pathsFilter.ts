import { foldText } from '#forms'
import { fieldKind, type NamedFilter } from '#definitions'
import { fieldRights, rowFilter } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf, LISTED, propertyAt, type EntityInPack } from '../../packs/index.ts'
import type { Filter } from '../../persistence/index.ts'
import { valueTitles } from '../words/valueTitles.ts'
import { any } from './fieldFilter.ts'
import { containsText, NOTHING, saysText } from './textFilter.ts'

/** Related records that point at more than so many others are no answer a person could use. */
const MOST_RELATED = 10_000

/** Somewhere one box looks: a field of the record or of a sub-list, or of records that refer to it. */
export interface Place {
  /** As the definition names it. */
  path: string
  title: string
  /** The kind of record that has it. */
  entity: EntityInPack
  /** Its path there. */
  field: string
  /** Of related records: the field that refers to the one listed; null: the record itself. */
  by: string | null
}

/**
 * Where a filter over several fields looks, of what this actor may read.
 * @throws 400 where that is nowhere, as for a field that may not be read
 */
export async function placesOf(ctx: Ctx, entity: EntityInPack, filter: NamedFilter): Promise<Place[]> {
  const places: Place[] = []
  for (const path of filter.paths ?? []) {
    const place = await placeOf(ctx, entity, path)
    if (place) places.push(place)
  }
  if (places.length === 0) throw new CauceError('request.invalid')
  return places
}

async function placeOf(ctx: Ctx, entity: EntityInPack, path: string): Promise<Place | null> {
  const [head = '', ...rest] = path.split('.')
  if (Object.hasOwn(entity.definition.properties, head)) return readablePlace(ctx, entity, path, path, null)
  const related = entity.definition['x-related']?.[head]
  if (!related) return null
  const other = await entityOf(ctx, related.entity)
  if (rowFilter(ctx, other, 'read') === null || !fieldRights(ctx, other).read.has(related.by)) return null
  return readablePlace(ctx, other, path, rest.join('.'), related.by)
}

function readablePlace(ctx: Ctx, entity: EntityInPack, path: string, field: string, by: string | null): Place | null {
  const property = propertyAt(entity.definition, field)
  if (!property || !fieldRights(ctx, entity).read.has(field.split('.')[0] ?? '')) return null
  return { path, title: property.title ?? field, entity, field, by }
}

/** Records in one of whose places one of the texts occurs. */
export async function pathsFilter(ctx: Ctx, places: Place[], texts: string[]): Promise<Filter> {
  const filters: Filter[] = []
  for (const text of texts)
    for (const place of places) {
      const contains = containsAt(place, text)
      if (contains === NOTHING) continue
      filters.push(place.by === null ? contains : await referredBy(ctx, place, place.by, contains))
    }
  return any(filters)
}

/** Records that the related ones point at which say so. @throws 422 `list.narrow` when these are too many */
async function referredBy(ctx: Ctx, place: Place, by: string, contains: Filter): Promise<Filter> {
  const rows = rowFilter(ctx, place.entity, 'read') ?? NOTHING
  const found = await ctx.db
    .records(place.entity.key)
    .aggregate<{ _id: string | null }>([
      { $match: { $and: [LISTED, contains, rows] } },
      { $group: { _id: `$data.${by}` } },
      { $limit: MOST_RELATED + 1 },
    ])
  if (found.length > MOST_RELATED) throw new CauceError('list.narrow', { max: MOST_RELATED.toLocaleString('es-PE') })
  const ids = found.flatMap(({ _id }) => (typeof _id === 'string' ? [_id] : []))
  return ids.length === 0 ? NOTHING : { _id: { $in: ids } }
}

/** What a record says there, as the filter compares it: rows of catalogues and options by their titles. */
export function containsAt({ entity, field }: Place, text: string): Filter {
  const property = propertyAt(entity.definition, field)
  const titles = valueTitles(entity, property)
  const wanted = foldText(text).trim()
  if (!titles && wanted !== '')
    return fieldKind(property) === 'text' ? containsText(entity.definition, field, text) : saysText(field, text)
  const values = [...(titles ?? [])].flatMap(([value, title]) => (foldText(title).includes(wanted) ? [value] : []))
  return wanted === '' || values.length === 0 ? NOTHING : { [`data.${field}`]: { $in: values } }
}

/** The first value of a record that contains the text at that place, in words; null: none does. */
export function textAt(place: Place, values: unknown[], text: string): string | null {
  const titles = valueTitles(place.entity, propertyAt(place.entity.definition, place.field))
  const wanted = foldText(text).trim().replace(/\s+/g, ' ')
  const shown = values.map((value) => titles?.get(String(value)) ?? String(value))
  return shown.find((one) => foldText(one).replace(/\s+/g, ' ').includes(wanted)) ?? null
}
