import { fieldKind } from '#definitions'
import { plainDay, type FormSchema } from '#forms'
import { rowFilter } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { entityOf, type EntityInPack } from '../../packs/index.ts'
import type { RecordQuery } from '../filters/recordSelection.ts'
import { referenceOf, USER_ENTITY } from '../schema/annotations.ts'
import { labelsById } from './labels.ts'
import { valueTitles } from './valueTitles.ts'

/** The filters of a list in words, for the head of a file and for the audit. */
export async function filterWords(
  ctx: Ctx,
  entity: EntityInPack,
  { q, filters, ranges }: RecordQuery,
): Promise<string[]> {
  const { properties } = entity.definition
  const named = (entity.definition['x-list']?.filters ?? []).filter((filter) => typeof filter !== 'string')
  const titleOf = (name: string): string =>
    properties[name]?.title ?? named.find((filter) => filter.name === name)?.title ?? name
  const words = q?.trim() ? [`Búsqueda: ${q.trim()}`] : []
  for (const [name, chosen] of Object.entries(filters)) {
    const titles = await titlesOf(ctx, entity, properties[name], chosen)
    words.push(`${titleOf(name)}: ${chosen.map((value) => titles.get(value) ?? value).join(', ')}`)
  }
  for (const [name, { from, to }] of Object.entries(ranges))
    words.push(`${titleOf(name)}: ${from ? plainDay(from) : '…'} a ${to ? plainDay(to) : '…'}`)
  return words
}

/** Names of chosen values; of records only those that this person may read. */
async function titlesOf(
  ctx: Ctx,
  entity: EntityInPack,
  property: FormSchema | undefined,
  values: string[],
): Promise<Map<string, string>> {
  const target = fieldKind(property) === 'reference' ? referenceOf(property?.items ?? property)?.entity : undefined
  if (target === undefined) return valueTitles(entity, property) ?? new Map<string, string>()
  if (target === USER_ENTITY) return ctx.actor.front === 'portal' ? new Map() : labelsById(ctx, target, values)
  const rows = rowFilter(ctx, await entityOf(ctx, target), 'read')
  return rows === null ? new Map() : labelsById(ctx, target, values, rows)
}
