import { mayDo } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import type { EntityInPack } from '../../packs/index.ts'
import type { RecordDoc } from '../../persistence/index.ts'
import { fixedFields } from '../schema/fixedFields.ts'

/** May this person make the record inactive (or active again)? */
export const mayInactivate = (ctx: Ctx, entity: EntityInPack, record: RecordDoc): boolean =>
  entity.definition['x-inactivate'] !== false && mayDo(ctx, entity, 'inactivate', { ...record.data, id: record._id })

/** May this person change what is fixed (`x-fixed`), where the entity has any such field? */
export const mayCorrect = (ctx: Ctx, entity: EntityInPack, record: RecordDoc): boolean =>
  fixedFields(entity).length > 0 && mayDo(ctx, entity, 'correct', { ...record.data, id: record._id })
