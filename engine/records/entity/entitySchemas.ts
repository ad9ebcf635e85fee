import type { FormSchema, JsonObject } from '#forms'
import { can, fieldRights } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { entityOf, packsOf } from '../../packs/index.ts'

/** The `data` of every kind of record that this actor may read, as plain JSON Schema: the fields he may see. */
export async function entitySchemas(ctx: Ctx): Promise<Record<string, JsonObject>> {
  const schemas: Record<string, JsonObject> = {}
  for (const { pack } of await packsOf(ctx).all(ctx))
    for (const key of Object.keys(pack.entities)) {
      if (!(await can(ctx, key, 'read'))) continue
      const entity = await entityOf(ctx, key)
      const { title, properties, required = [] } = entity.definition
      const { read } = fieldRights(ctx, entity)
      schemas[key] = {
        ...{ title, type: 'object', required: required.filter((name) => read.has(name)) },
        properties: plainProperties(Object.fromEntries(Object.entries(properties).filter(([name]) => read.has(name)))),
      }
    }
  return schemas
}

/** Without what only our forms understand; what the system gives cannot be sent. */
function plainSchema(property: FormSchema): JsonObject {
  const known = Object.entries(property).filter(([word]) => !word.startsWith('x-'))
  const { items, properties, oneOf } = property
  const given = property['x-code'] !== undefined || property['x-computed'] !== undefined
  return {
    ...(Object.fromEntries(known) as JsonObject),
    ...(items ? { items: plainSchema(items) } : {}),
    ...(properties ? { properties: plainProperties(properties) } : {}),
    ...(oneOf ? { oneOf: oneOf.map((option) => plainSchema(option as FormSchema)) } : {}),
    ...(given ? { readOnly: true } : {}),
  }
}

const plainProperties = (properties: Record<string, FormSchema>): JsonObject =>
  Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, plainSchema(property)]))
