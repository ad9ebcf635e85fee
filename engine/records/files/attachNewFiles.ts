import type { FormSchema } from '#forms'
import type { Ctx } from '../../context.ts'
import { attachFiles } from '../../files/index.ts'
import type { EntityInPack } from '../../packs/index.ts'
import type { Db, RecordDoc } from '../../persistence/index.ts'
import { fileOf } from '../schema/annotations.ts'
import { walkValues } from '../schema/walkValues.ts'

/** Files that the record did not hold before become its own. */
export async function attachNewFiles(
  ctx: Ctx,
  db: Db,
  entity: EntityInPack,
  schema: FormSchema,
  before: RecordDoc | null,
  record: RecordDoc,
): Promise<void> {
  const held = new Set<string>()
  walkValues(
    schema,
    before?.data ?? {},
    (_path, property, value) => void (fileOf(property) && typeof value === 'string' && held.add(value)),
  )
  const fresh: string[] = []
  walkValues(
    schema,
    record.data,
    (_path, property, value) =>
      void (fileOf(property) && typeof value === 'string' && !held.has(value) && fresh.push(value)),
  )
  if (fresh.length > 0) await attachFiles(ctx, db, fresh, { entity: entity.key, id: record._id })
}
