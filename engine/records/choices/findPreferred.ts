import type { Filter, RecordDoc, TenantCollection } from '../../persistence/index.ts'

export interface PreferredPage {
  filter: Filter
  sort: Record<string, 1 | -1>
  skip: number
  limit: number
}

/**
 * A page of records, those first that meet the first wish, then those that meet the second, and so on; each group in the
 * order of the list. Only the groups that the page reaches are read.
 */
export async function findPreferred(
  records: TenantCollection<RecordDoc>,
  wishes: Filter[],
  { filter, sort, skip, limit }: PreferredPage,
): Promise<RecordDoc[]> {
  const found: RecordDoc[] = []
  let toSkip = skip
  for (let index = 0; index <= wishes.length && found.length < limit; index++) {
    const wish = wishes[index]
    const earlier = wishes.slice(0, index)
    const group = {
      $and: [filter, ...(wish ? [wish] : []), ...(earlier.length > 0 ? [{ $nor: earlier }] : [])],
    }
    const rows = await records.find(group, { sort, skip: toSkip, limit: limit - found.length })
    found.push(...rows)
    if (toSkip > 0) toSkip = rows.length > 0 ? 0 : toSkip - (await records.count(group, toSkip))
  }
  return found
}
