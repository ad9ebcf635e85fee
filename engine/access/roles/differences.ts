import type { RolesFile } from '#definitions'
import type { Json } from '#forms'

/** Where two states of the roles differ, each place with its value before and after. */
export function differencesOf(before: RolesFile, after: RolesFile): { at: string; before: Json; after: Json }[] {
  const a = flatten(before)
  const b = flatten(after)
  return [...new Set([...a.keys(), ...b.keys()])]
    .map((at) => ({ at, before: a.get(at) ?? null, after: b.get(at) ?? null }))
    .filter((difference) => JSON.stringify(difference.before) !== JSON.stringify(difference.after))
}

function flatten(file: RolesFile): Map<string, Json> {
  const places = new Map<string, Json>()
  for (const [key, role] of Object.entries(file.roles)) {
    const { title, description, retired } = role
    places.set(`roles/${key}`, { title, description: description ?? null, retired: retired ?? false })
  }
  for (const [key, group] of Object.entries(file.groups ?? {})) places.set(`groups/${key}`, group.roles)
  for (const part of ['can', 'rows'] as const)
    for (const [thing, row] of Object.entries(file[part] ?? {}))
      for (const [subject, text] of Object.entries(row)) places.set(`${part}/${thing}/${subject}`, text)
  for (const [entity, row] of Object.entries(file.fields ?? {}))
    for (const [field, rule] of Object.entries(row)) places.set(`fields/${entity}/${field}`, rule)
  return places
}
