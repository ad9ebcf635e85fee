import type { FormSchema } from '#forms'
import { readFact } from '../readFact.ts'
import type { EntityDefinition } from '../types.ts'

const open: FormSchema = { type: 'object', 'x-open': true }

/** What `facts.<name>` holds, by the `x-facts` of an entity: for expressions to be checked against. */
export function factSchemas(
  entities: Record<string, EntityDefinition>,
  entity: EntityDefinition | undefined,
): Record<string, FormSchema> {
  const schemas: Record<string, FormSchema> = {}
  for (const [name, definition] of Object.entries(entity?.['x-facts'] ?? {})) {
    const fact = readFact(definition)
    const source = fact && entities[fact.entity]
    if (!fact || !source) {
      schemas[name] = open
      continue
    }
    switch (fact.kind) {
      case 'count':
        schemas[name] = { type: 'integer' }
        break
      case 'exists':
        schemas[name] = { type: 'boolean' }
        break
      case 'sum':
      case 'min':
      case 'max':
        schemas[name] = source.properties[fact.field ?? ''] ?? open
        break
      default: {
        const named = Object.entries(source.properties).filter(([field]) => fact.fields?.includes(field) ?? true)
        schemas[name] = { type: 'object', properties: { id: { type: 'string' }, ...Object.fromEntries(named) } }
      }
    }
  }
  return schemas
}
