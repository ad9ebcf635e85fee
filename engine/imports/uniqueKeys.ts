import type { Json, JsonObject } from '#forms'
import type { EntityInPack } from '../packs/index.ts'
import { importKeys } from './importTargets.ts'

/**
 * What makes a record one of its kind, as texts to compare: the key of the import, unique fields, and its code unless it
 * is `isKnown` (a record that does not exist yet gets its code when it is written).
 */
export function uniqueKeys({ definition, ...entity }: EntityInPack, data: JsonObject, isKnown: boolean): string[] {
  const { code, fields } = importKeys({ definition, ...entity })
  const sets: string[][] = [fields]
  for (const [name, property] of Object.entries(definition.properties)) {
    const unique = property['x-unique'] as true | { with?: string[]; level?: string } | undefined
    if (unique === true) sets.push([name])
    else if (unique && unique.level !== 'warn') sets.push([name, ...(unique.with ?? [])])
  }
  for (const rule of definition['x-unique'] ?? []) if (rule.level !== 'warn') sets.push(rule.fields)
  if (code !== null && isKnown) sets.push([code])
  const keys = sets
    .filter((names) => names.length > 0 && names.every((name) => isGiven(data[name])))
    .map((names) => JSON.stringify(names.map((name) => [name, data[name]])))
  return [...new Set(keys)]
}

const isGiven = (value: Json | undefined): boolean => value !== null && value !== undefined && value !== ''
