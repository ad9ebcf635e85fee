import type { SuggestionView } from '#engine/contract'
import { foldText } from '#forms'
import type { Ctx } from '../../context.ts'
import { valuesAt } from '../../packs/index.ts'
import type { Filter } from '../../persistence/index.ts'
import { anyAccent, containsText } from '../filters/textFilter.ts'
import { titleColumnOf } from '../words/catalogTitles.ts'
import type { SuggestionSource } from './suggestionSources.ts'

/** As many as one looks through before typing on. */
const MOST = 20
/** Records read at once; a value that many share is left out of the next reading. */
const READ_AT_ONCE = 50
const MOST_READINGS = 6

/** Values of a source that contain the text, accents and case apart; those that begin with it first. */
export async function suggestionsOf(ctx: Ctx, source: SuggestionSource, text: string): Promise<SuggestionView[]> {
  const found = source.kind === 'catalog' ? rowsOf(source, text) : await valuesOf(ctx, source, text)
  const wanted = foldText(text.trim())
  const rank = ({ value }: SuggestionView): number => (foldText(value).startsWith(wanted) ? 0 : 1)
  return found.sort((a, b) => rank(a) - rank(b) || a.value.localeCompare(b.value, 'es')).slice(0, MOST)
}

/** The source has this very value, accents and case apart. `except`: a record whose own value does not count. */
export async function isKnown(
  ctx: Ctx,
  source: SuggestionSource,
  value: string,
  except: string | null,
): Promise<boolean> {
  const wanted = foldText(value.trim())
  if (source.kind === 'catalog') return rowsOf(source, '').some((row) => foldText(row.value) === wanted)
  const { entity, path, rows } = source
  const says = { [`data.${path}`]: { $regex: `^\\s*${anyAccent(value)}\\s*$`, $options: 'i' } }
  const others = except === null ? [] : [{ _id: { $ne: except } }]
  const filter = { $and: [rows, { deletedAt: null }, containsText(entity.definition, path, value), says, ...others] }
  return (await ctx.db.records(entity.key).count(filter, 1)) > 0
}

function rowsOf({ catalog }: SuggestionSource & { kind: 'catalog' }, text: string): SuggestionView[] {
  const wanted = foldText(text.trim())
  const column = titleColumnOf(catalog)
  return catalog.rows
    .filter((row) => row.inactive !== true)
    .map((row) => ({ value: String(row[catalog.key]), title: String(row[column] ?? '') }))
    .filter(({ value, title }) => foldText(`${value} ${title}`).includes(wanted))
}

async function valuesOf(
  ctx: Ctx,
  { entity, path, rows }: SuggestionSource & { kind: 'field' },
  text: string,
): Promise<SuggestionView[]> {
  const wanted = foldText(text.trim())
  const contains: Filter[] = wanted === '' ? [] : [containsText(entity.definition, path, text)]
  const found = new Set<string>()
  for (let reading = 0; reading < MOST_READINGS && found.size < MOST; reading++) {
    const unknown: Filter = { [`data.${path}`]: { $nin: [null, '', ...found] } }
    const records = await ctx.db.records(entity.key).find(
      { $and: [rows, { deletedAt: null }, unknown, ...contains] },
      {
        limit: READ_AT_ONCE,
        fields: [`data.${path}`],
      },
    )
    for (const value of records.flatMap((record) => valuesAt(record.data, path)))
      if (typeof value === 'string' && foldText(value).includes(wanted)) found.add(value)
    if (records.length < READ_AT_ONCE) break
  }
  return [...found].map((value) => ({ value }))
}
