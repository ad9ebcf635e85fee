import type { EntityDefinition, FormDefinition, PackManifest, RolesFile } from '#definitions'
import type { FormSchema } from '#forms'
import { textsOfTemplate } from './templateText.ts'

/** What the pickers of the studio offer: the pack as it stands in the draft. Files that cannot be read are left out. */
export interface PackModel {
  manifest: PackManifest | null
  roles: Choice[]
  groups: Choice[]
  entities: Record<string, EntityModel>
  forms: Record<string, { key: string; title: string; definition: FormDefinition }>
  templates: Choice[]
  processes: string[]
  /** Dotted paths of Configuración with their titles. */
  settings: (Choice & { schema: FormSchema })[]
}
export interface Choice {
  value: string
  label: string
}
export interface EntityModel {
  key: string
  title: string
  definition: EntityDefinition
  fields: FieldModel[]
  /** Name of the field that a process moves, and what it can say. */
  stateField: string | null
  states: Choice[]
}
export interface FieldModel {
  key: string
  title: string
  schema: FormSchema
  /** Key of the entity it points at, when it is a reference. */
  reference: string | null
}

/** Reads the files of a pack (path → text). */
export function packModel(files: Record<string, string>): PackModel {
  const roles = json(files['roles.json']) as RolesFile | null
  const manifest = json(files['pack.json']) as PackManifest | null
  const entities: PackModel['entities'] = {}
  const forms: PackModel['forms'] = {}
  const templates: Choice[] = []
  const processes: string[] = []
  for (const [path, text] of Object.entries(files)) {
    const key = keyOfPath(path)
    if (path.startsWith('entities/')) {
      const definition = json(text) as Partial<EntityDefinition> | null
      if (definition?.properties) entities[key] = entityModel(key, definition as EntityDefinition)
    } else if (path.startsWith('forms/')) {
      const definition = json(text) as FormDefinition | null
      if (definition) forms[key] = { key, title: definition.title ?? key, definition }
    } else if (path.startsWith('templates/'))
      templates.push({ value: key, label: textsOfTemplate(text).subject || key })
    else if (path.startsWith('processes/')) processes.push(key)
  }
  return {
    manifest,
    roles: Object.entries(roles?.roles ?? {}).map(([value, role]) => ({ value, label: role.title })),
    groups: Object.entries(roles?.groups ?? {}).map(([value, group]) => ({ value, label: group.title })),
    entities,
    forms,
    templates: templates.sort(byLabel),
    processes: processes.sort(),
    settings: settingPaths(manifest?.settings),
  }
}

/** `forms/a.b.json` → `a.b`: the file name is the key. */
export function keyOfPath(path: string): string {
  return path.slice(path.indexOf('/') + 1).replace(/\.(json|bpmn|hbs|dmn|csv)$/, '')
}

function entityModel(key: string, definition: EntityDefinition): EntityModel {
  const fields = Object.entries(definition.properties).map(([name, schema]) => ({
    key: name,
    title: schema.title ?? name,
    schema,
    reference: referenceOf(schema),
  }))
  const state = fields.find((field) => field.schema['x-state'] === true)
  return {
    key,
    title: definition.title || key,
    definition,
    fields,
    stateField: state?.key ?? null,
    states: state ? optionsOf(state.schema) : [],
  }
}

function referenceOf(schema: FormSchema): string | null {
  const reference = schema['x-ref'] as string | { entity?: string } | undefined
  return typeof reference === 'string' ? reference : (reference?.entity ?? null)
}

function optionsOf(schema: FormSchema): Choice[] {
  if (schema.enum) return schema.enum.map((value) => ({ value: String(value), label: String(value) }))
  return (schema.oneOf ?? []).map((option) => ({
    value: String(option.const),
    label: option.title ?? String(option.const),
  }))
}

function settingPaths(schema: FormSchema | undefined, path = '', title = ''): PackModel['settings'] {
  return Object.entries(schema?.properties ?? {}).flatMap(([name, property]) => {
    const here = path ? `${path}.${name}` : name
    const label = [title, property.title ?? name].filter(Boolean).join(' · ')
    return property.properties ? settingPaths(property, here, label) : [{ value: here, label, schema: property }]
  })
}

function json(text: string | undefined): unknown {
  if (text === undefined) return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

const byLabel = (a: Choice, b: Choice) => a.label.localeCompare(b.label, 'es')
