import type { Issue, JsonObject } from '#forms'
import { fieldRights } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import type { EntityInPack } from '../../packs/index.ts'

/**
 * The fields a person may send. Unknown names are refused (422), so that a typing mistake is not lost in silence; fields
 * that are computed or that he may not edit are ignored when unchanged and refused otherwise.
 */
export function takeFields(ctx: Ctx, entity: EntityInPack, data: JsonObject, before: JsonObject = {}): JsonObject {
  const { edit } = fieldRights(ctx, entity)
  const issues: Issue[] = []
  const taken: JsonObject = {}
  for (const [name, value] of Object.entries(data)) {
    const property = Object.hasOwn(entity.definition.properties, name) ? entity.definition.properties[name] : undefined
    if (!property) {
      issues.push({
        path: name,
        rule: 'additionalProperties',
        params: { name },
        message: `El dato "${name}" no existe en este formulario.`,
        level: 'error',
      })
      continue
    }
    const automatic = Boolean(property['x-state'] ?? property['x-code'] ?? property['x-computed'])
    if (automatic || !edit.has(name)) {
      const same = JSON.stringify(before[name] ?? null) === JSON.stringify(value)
      if (!automatic && !same)
        issues.push({
          path: name,
          rule: 'readOnly',
          params: {},
          message: 'Usted no puede cambiar este dato.',
          level: 'error',
        })
      continue
    }
    taken[name] = value
  }
  if (issues.length > 0) throw new CauceError('form.invalid', {}, { issues })
  return taken
}
