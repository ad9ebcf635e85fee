import type { CorrectionView } from '#engine/contract'
import { typedValue, type FormEnvironment, type FormModel } from '#forms'
import type { EntityInPack } from '../../packs/index.ts'
import type { RecordDoc } from '../../persistence/index.ts'

const NAMES = ['value', 'record', 'ref', 'facts', 'settings', 'actor']

/**
 * Fixed fields that not even a correction may change any more (`x-fixed.unless` holds for the record as saved). One with
 * `unlock: "once"` may in spite of that, unless it has been.
 */
export function closedFields(
  entity: EntityInPack,
  model: FormModel,
  record: RecordDoc,
  environment: FormEnvironment,
): CorrectionView['closed'] {
  const saved = typedValue({ type: 'object', properties: entity.definition.properties }, record.data)
  const { ref, facts, settings, actor, functions, now, timeZone } = environment
  const context = { value: saved, record: saved, ref, facts, settings, actor }
  return model.fields
    .filter(({ fixedFor }) => fixedFor?.evaluate(context, { functions, now, timeZone, absent: NAMES }) === true)
    .map(({ path, title, schema }) => {
      const { message, unlock } = schema['x-fixed'] as { message?: string; unlock?: 'once' }
      const isOpen = unlock === 'once' && !record.unlocked?.includes(path)
      return { field: path, title, message: message ?? 'Este dato ya no se puede corregir.', unlock: isOpen }
    })
}
