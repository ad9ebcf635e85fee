import type { Issue, JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import type { EntityInPack } from '../../packs/index.ts'
import { isKnown } from './suggestionsOf.ts'
import { suggestionSources, suggestRule } from './suggestionSources.ts'

/**
 * Changed values of fields with `others: "warn"` that none of their sources has: a warning each. Whoever may read no
 * source is not asked.
 */
export async function unknownValues(
  ctx: Ctx,
  entity: EntityInPack,
  data: JsonObject,
  before: JsonObject | null,
): Promise<Issue[]> {
  const issues: Issue[] = []
  for (const [path, property] of Object.entries(entity.definition.properties)) {
    const rule = suggestRule(property)
    const value = data[path]
    if (rule?.others !== 'warn' || typeof value !== 'string' || value === '' || before?.[path] === value) continue
    const sources = await suggestionSources(ctx, entity, path, rule)
    const known = await Promise.all(sources.map((source) => isKnown(ctx, source, value, null)))
    if (sources.length === 0 || known.includes(true)) continue
    const title = property.title ?? path
    const message = `${title}: «${value}» no está entre los conocidos`
    issues.push({ path, rule: 'suggest', params: {}, message, level: 'warn' })
  }
  return issues
}
