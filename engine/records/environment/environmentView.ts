import type { FormEnvironmentView } from '#engine/contract'
import type { FormEnvironment, FormSchema, Json, JsonObject } from '#forms'
import { pick } from '../schema/pick.ts'

/**
 * The part of an environment that the page needs: only the paths that the form's expressions name, so that a setting or
 * a field of another record never travels because it happened to be loaded.
 */
export function environmentView(environment: FormEnvironment, schema: FormSchema): FormEnvironmentView {
  const named = namedPaths(schema)
  const own = new Set(Object.keys(schema.properties ?? {}))
  const recordFields = new Set([
    ...own,
    ...named.filter(([root]) => root === 'record' || root === 'value').map(([, field]) => field ?? ''),
  ])
  return {
    record: environment.record && { ...pick(environment.record, recordFields), id: environment.record.id ?? null },
    ref: keep(environment.ref, named, 'ref') as FormEnvironmentView['ref'],
    facts: keep(environment.facts, named, 'facts'),
    settings: keep(environment.settings, named, 'settings'),
    actor: environment.actor,
    now: environment.now.toISOString(),
    timeZone: environment.timeZone,
  }
}

function namedPaths(schema: FormSchema): string[][] {
  const paths =
    JSON.stringify(schema).match(/\b(?:ref|record|value|facts|settings)(?:\.[\p{L}_][\p{L}\p{N}_]*)+/gu) ?? []
  return [...new Set(paths)].map((path) => path.split('.'))
}

/** Copies only the named paths below `root`; a missing one becomes null, a named object is copied whole. */
function keep(source: JsonObject, named: string[][], root: string): JsonObject {
  const result: JsonObject = {}
  for (const path of named) {
    if (path[0] !== root) continue
    let from: Json | undefined = source
    let to: JsonObject = result
    for (const [index, name] of path.slice(1).entries()) {
      from = from[name]
      if (
        index === path.length - 2 ||
        from === null ||
        from === undefined ||
        typeof from !== 'object' ||
        Array.isArray(from)
      ) {
        to[name] = from ?? null
        break
      }
      to[name] = { ...(to[name] as JsonObject | undefined) }
      to = to[name]
    }
  }
  return result
}
