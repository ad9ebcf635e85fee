import type { RecordView } from '#engine/contract'
import { rowFilter } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { LISTED, valuesAt, type EntityInPack } from '../../packs/index.ts'
import type { RecordDoc } from '../../persistence/index.ts'
import { namedFilter, type RecordQuery } from './recordSelection.ts'
import { containsAt, placesOf, textAt, type Place } from './pathsFilter.ts'
import { any } from './fieldFilter.ts'
import { NOTHING } from './textFilter.ts'

type Matched = NonNullable<RecordView['matched']>

/** id → where each record of a page matched the filters over several fields; empty when none of them is asked. */
export async function whereMatched(
  ctx: Ctx,
  entity: EntityInPack,
  query: RecordQuery,
  records: RecordDoc[],
): Promise<Map<string, Matched>> {
  const result = new Map<string, Matched>()
  const note = (id: string, filter: string, place: Place, values: unknown[], texts: string[]): void => {
    const [text] = texts.flatMap((one) => textAt(place, values, one) ?? [])
    if (text !== undefined) result.set(id, [...(result.get(id) ?? []), { filter, title: place.title, text }])
  }
  for (const [name, texts] of Object.entries(query.filters)) {
    const filter = namedFilter(entity, name)
    if (!filter?.paths) continue
    for (const place of await placesOf(ctx, entity, filter)) {
      if (place.by === null) {
        for (const record of records) note(record._id, name, place, valuesAt(record.data, place.field), texts)
        continue
      }
      for (const [id, values] of await relatedValues(ctx, place, place.by, texts, records))
        note(id, name, place, values, texts)
    }
  }
  return result
}

/** What the related records of a page that match say there, by the record they refer to. */
async function relatedValues(
  ctx: Ctx,
  place: Place,
  by: string,
  texts: string[],
  records: RecordDoc[],
): Promise<Map<string, unknown[]>> {
  const rows = rowFilter(ctx, place.entity, 'read') ?? NOTHING
  const related = await ctx.db.records(place.entity.key).find(
    {
      $and: [
        { [`data.${by}`]: { $in: records.map((record) => record._id) } },
        LISTED,
        any(texts.map((text) => containsAt(place, text))),
        rows,
      ],
    },
    { fields: ['data'], limit: 1000 },
  )
  const values = new Map<string, unknown[]>()
  for (const { data } of related) {
    const id = String(data[by])
    values.set(id, [...(values.get(id) ?? []), ...valuesAt(data, place.field)])
  }
  return values
}
