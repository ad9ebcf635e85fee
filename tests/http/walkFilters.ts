import { expect, it } from '@jest/globals'
import { tags, type Changes, type Ids } from '../modules/FieldRow.ts'
import { storedRecord, type WalkedModule } from './walkFields.ts'

/** A filter that the specification names. */
export interface FilterRow {
  ids: Ids
  /** Its name in the address, and its title on the list. */
  filter: string
  title: string
  /** What is typed or chosen; of the record it shall find where it must be taken from there. */
  value: string | ((found: Changes) => string)
  /** More keys of the query, for filters with several boxes. */
  query?: Record<string, string>
  /** What the record found has, and what one has that must not be found. */
  found: Changes
  other: Changes
}

/** Writes the tests of a list's filters: of two records that differ in it, each filter finds the one. */
export function walkFilters(module: WalkedModule, rows: readonly FilterRow[]): void {
  it.each(rows.map((row) => [`${tags(row.ids)} "${row.title}"`, row] as const))(
    '%s finds one of two',
    async (_, row) => {
      const { list } = (await module.visitor().get(`/api/entities/${module.entity}`)).body
      expect(list.filters).toContainEqual(expect.objectContaining({ name: row.filter, title: row.title }))
      const found = await storedRecord(module, { ...module.data(), ...row.found })
      const other = await storedRecord(module, { ...module.data(), ...row.other })
      const ids = await idsFound(module, queryOf(row, found))
      expect(ids).toContain(found.id)
      expect(ids).not.toContain(other.id)
    },
  )
}

/** Writes the test that filters are combined: a record that meets all is found, and not where one of them differs. */
export function walkCombinedFilters(module: WalkedModule, ids: Ids, rows: readonly FilterRow[]): void {
  it(`${tags(ids)} filters are combined: a record must match all that are set`, async () => {
    const found = await storedRecord(module, Object.assign({}, module.data(), ...rows.map((row) => row.found)))
    const all = rows.map((row) => queryOf(row, found)).join('&')
    expect(await idsFound(module, all)).toEqual([found.id])
    for (const row of rows) {
      const data = Object.assign({}, module.data(), ...rows.map((each) => (each === row ? each.other : each.found)))
      const almost = await storedRecord(module, data)
      expect(await idsFound(module, all)).not.toContain(almost.id)
    }
  })
}

const queryOf = (row: FilterRow, found: Changes): string =>
  new URLSearchParams({
    [`filter.${row.filter}`]: typeof row.value === 'string' ? row.value : row.value(found),
    ...row.query,
  }).toString()

async function idsFound({ visitor, entity }: WalkedModule, query: string): Promise<string[]> {
  const { status, body } = await visitor().get(`/api/records/${entity}?${query}&size=200`)
  expect({ query, status, message: body.message }).toEqual({ query, status: 200, message: undefined })
  return (body.items as { id: string }[]).map(({ id }) => id)
}
