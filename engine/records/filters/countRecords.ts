import { compileRule } from '#forms'
import { rowFilter, ruleEnvironment } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import type { EntityInPack } from '../../packs/index.ts'

/** Nobody reads a number beyond it. */
const MOST = 1000

/** How many records meet a row rule, of those this actor may read; at most a thousand. */
export async function countRecords(ctx: Ctx, entity: EntityInPack, rule: string): Promise<number> {
  const readable = rowFilter(ctx, entity, 'read')
  if (readable === null) return 0
  const meets = compileRule(rule).toFilter(ruleEnvironment(ctx))
  return ctx.db.records(entity.key).count({ $and: [readable, meets, { deletedAt: null }] }, MOST)
}
