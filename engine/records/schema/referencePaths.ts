import type { EntityDefinition } from '#definitions'
import type { FormSchema } from '#forms'
import { referenceOf, type ReferenceAnnotation } from './annotations.ts'

/** A place of an entity that holds ids of other records: a field, a list of ids, a column of a sub-list. */
export interface ReferencePath {
  /** `responsable`, `zonas`, `lineas.equipo`: as a query names it. */
  path: string
  /** The schema that carries `x-ref`. */
  schema: FormSchema
  reference: ReferenceAnnotation
}

const known = new WeakMap<EntityDefinition, ReferencePath[]>()

/** Every place of an entity that refers to something, sub-lists and lists of ids included. */
export function referencePaths(definition: EntityDefinition): ReferencePath[] {
  let paths = known.get(definition)
  if (!paths) known.set(definition, (paths = read(definition, '')))
  return paths
}

function read(schema: FormSchema, prefix: string): ReferencePath[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = prefix ? `${prefix}.${name}` : name
    const inner = property.items ?? property
    const reference = referenceOf(property) ?? referenceOf(property.items)
    const own = reference ? [{ path, schema: referenceOf(property) ? property : inner, reference }] : []
    return [...own, ...read(inner, path)]
  })
}
