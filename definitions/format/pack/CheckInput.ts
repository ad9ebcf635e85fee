import type { EntityDefinition, Pack } from '../types.ts'
import type { ProcessModel } from '../bpmn/index.ts'

/** What the platform around the packs offers; definitions cannot look it up, so the caller says it. */
export interface CheckOptions {
  /** Names of the plugins that exist → their functions, services and actions, by short name. */
  plugins?: Record<string, { functions: string[]; services: string[]; actions?: string[] }>
}

/** What every check looks at. Files whose shape is wrong are not in `pack`, but their names still count as existing. */
export interface CheckInput {
  pack: Pack
  names: {
    entities: Set<string>
    processes: Set<string>
    forms: Set<string>
    templates: Set<string>
    catalogs: Set<string>
    stories: Set<string>
  }
  /** The processes that could be read, by file key. */
  processes: Record<string, ProcessModel>
  options: CheckOptions
}

/** Accounts are referred to by this name; it is no entity of the pack. */
export const userEntity = '$user'

/** A property of an entity at a path inside it, with where it stands in the file. */
export interface PropertyPlace {
  /** `representantes.email` for a column of a sub-list. */
  path: string
  name: string
  /** JSON pointer inside the file. */
  at: string
  schema: EntityDefinition['properties'][string]
  depth: number
}

/** Every property of a schema, sub-lists and nested objects included, outermost first. */
export function propertiesOf(
  schema: EntityDefinition['properties'][string],
  at = '',
  path = '',
  depth = 1,
): PropertyPlace[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const place = {
      path: path ? `${path}.${name}` : name,
      name,
      at: `${at}/properties/${name}`,
      schema: property,
      depth,
    }
    const inner = property.items ?? property
    const innerAt = property.items ? `${place.at}/items` : place.at
    return [place, ...propertiesOf(inner, innerAt, place.path, depth + 1)]
  })
}

/** The entity a property refers to, itself or by the items of its list; null when it refers to none. */
export function referredEntity(schema: EntityDefinition['properties'][string]): string | null {
  const ref = (schema['x-ref'] ?? schema.items?.['x-ref']) as string | { entity?: unknown } | undefined
  const entity = typeof ref === 'string' ? ref : ref?.entity
  return typeof entity === 'string' ? entity : null
}
