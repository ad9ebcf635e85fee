import { mayDo } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import type { EntityInPack } from '../../packs/index.ts'
import type { RecordDoc } from '../../persistence/index.ts'

/** May this person make the record inactive (or active again)? */
export const mayInactivate = (ctx: Ctx, entity: EntityInPack, record: RecordDoc): boolean =>
  entity.definition['x-inactivate'] !== false && mayDo(ctx, entity, 'inactivate', { ...record.data, id: record._id })

/** May this person change what is fixed (`x-fixed`), where the entity has any such field? */
export const mayCorrect = (ctx: Ctx, entity: EntityInPack, record: RecordDoc): boolean =>
  Object.values(entity.definition.properties).some((property) => property['x-fixed']) &&
  mayDo(ctx, entity, 'correct', { ...record.data, id: record._id })
