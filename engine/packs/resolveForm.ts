import { createHash } from 'node:crypto'
import type { FormDefinition, FormFieldUse, SectionDefinition } from '#definitions'
import {
  compileForm,
  expandSchema,
  toUiSchema,
  type CompiledValidator,
  type FormModel,
  type FormSchema,
  type JsonObject,
} from '#forms'
import { compileValidator } from '#forms/compile'
import type { EntityInPack, InstalledPack } from './InstalledPack.ts'

/** A form with everything it needs, compiled once per version (and, for entity forms, per set of editable fields). */
export interface ResolvedForm {
  /**
   * `form.<pack>.<number>.<key>`, `entity.<pack>.<number>.<key>` or `correction.<pack>.<number>.<key>.<a~b>` (the fields
   * that are open): part of the validator's address.
   */
  id: string
  title: string | null
  help: string | null
  /** Words of the final button where no outcome names it. */
  submit: string | null
  /** Asked once more before it is sent. */
  confirm?: string
  entity: string | null
  schema: FormSchema
  uiSchema: JsonObject
  model: FormModel
  hash: string
  /** The validator as a module for the page. */
  code: string
  validate: CompiledValidator
  sections: ViewSection[]
  /** Fields that belong to the record; `own` ones stay with the task. */
  recordFields: string[]
  ownFields: string[]
  /** Shown, never taken from what the page sends. */
  readOnly: Set<string>
  context: string[]
}
export interface ViewSection {
  title: string
  fields: string[]
  columns?: number
  'x-visible-when'?: string
}

const cache = new WeakMap<InstalledPack, Map<string, ResolvedForm>>()

function cached(installed: InstalledPack, key: string, make: () => ResolvedForm): ResolvedForm {
  let forms = cache.get(installed)
  if (!forms) cache.set(installed, (forms = new Map<string, ResolvedForm>()))
  let form = forms.get(key)
  if (!form) forms.set(key, (form = make()))
  return form
}

/**
 * A form file of a version. `key` null, or a form the version does not have: an empty form (a task with outcomes only).
 * The entity is the one of the same version: a running case keeps its forms whole.
 */
export function resolveForm(installed: InstalledPack, key: string | null, settings: JsonObject = {}): ResolvedForm {
  return cached(installed, `form:${key ?? ''}:${digest(settings)}`, () => {
    const definition: FormDefinition = (key ? installed.pack.forms[key] : undefined) ?? {}
    const entity = definition.entity ? installed.pack.entities[definition.entity] : undefined
    const uses = new Map<string, FormFieldUse>()
    for (const section of definition.sections ?? []) for (const use of section.fields) addUse(uses, use)
    for (const use of definition.fields ?? []) addUse(uses, use)

    const properties: Record<string, FormSchema> = {}
    const required: string[] = [...(definition.required ?? [])]
    const readOnly = new Set<string>()
    const recordFields: string[] = []
    const own = definition.properties ?? {}
    for (const [name, use] of uses) {
      const property = own[name] ?? entity?.properties[name]
      if (!property) continue
      const isOwn = name in own
      if (!isOwn) recordFields.push(name)
      const fixed = use.readOnly === true || property.readOnly === true || (!isOwn && isAutomatic(property))
      if (fixed) readOnly.add(name)
      properties[name] = isOwn ? { ...withUse(property, use, fixed), 'x-form': true } : withUse(property, use, fixed)
      const isRequired = use.required ?? (isOwn ? false : entity?.required?.includes(name))
      if (isRequired && !fixed && !required.includes(name)) required.push(name)
    }
    // Own properties that no section places come last.
    for (const [name, property] of Object.entries(own))
      if (!(name in properties)) properties[name] = { ...property, 'x-form': true }

    const sections = viewSections(definition.sections, Object.keys(properties), definition.title ?? '')
    const schema: FormSchema = {
      type: 'object',
      ...(definition.title ? { title: definition.title } : {}),
      properties,
      ...(required.length > 0
        ? { required: required.filter((name) => name in properties && !readOnly.has(name)) }
        : {}),
      ...(definition['x-check'] ? { 'x-check': definition['x-check'] } : {}),
    }
    return build(`form.${installed.name}.${installed.number}.${key ?? '-'}`, schema, settings, {
      title: definition.title ?? null,
      help: definition.help ?? null,
      submit: definition.submit ?? null,
      ...(definition.confirm ? { confirm: definition.confirm } : {}),
      entity: definition.entity ?? null,
      sections,
      recordFields,
      ownFields: Object.keys(own),
      readOnly,
      context: definition.context ?? [],
    })
  })
}

/** The plain form of an entity with the fields given (those the actor may read; only `editable` ones are taken). */
export function entityForm(
  entity: EntityInPack,
  readable: Set<string>,
  editable: Set<string>,
  settings: JsonObject = {},
  /** `correcting`: what is fixed once saved (`x-fixed`) may be edited. */
  { correcting = false }: { correcting?: boolean } = {},
): ResolvedForm {
  const { definition, installed } = entity
  const names = Object.keys(definition.properties).filter((name) => readable.has(name))
  const fixed = new Set(
    names.filter((name) => {
      const property = definition.properties[name]
      return !editable.has(name) || property === undefined || isAutomatic(property) || property.readOnly === true
    }),
  )
  const key = `entity:${entity.key}:${names.join()}:${[...fixed].join()}:${String(correcting)}:${digest(settings)}`
  return cached(installed, key, () => {
    const properties = Object.fromEntries(
      names.map((name) => {
        const { 'x-fixed': isFixed, ...free } = definition.properties[name] ?? {}
        const property = correcting || isFixed === undefined ? free : { ...free, 'x-fixed': isFixed }
        return [name, fixed.has(name) ? { ...property, readOnly: true } : property]
      }),
    )
    const schema: FormSchema = {
      type: 'object',
      title: definition.title,
      properties,
      required: (definition.required ?? []).filter((name) => names.includes(name) && !fixed.has(name)),
      ...(definition['x-check'] ? { 'x-check': definition['x-check'] } : {}),
    }
    const kind = correcting ? 'correction' : 'entity'
    const open = correcting ? `.${names.filter((name) => !fixed.has(name)).join('~')}` : ''
    return build(`${kind}.${installed.name}.${installed.number}.${entity.key}${open}`, schema, settings, {
      title: definition.title,
      help: null,
      submit: null,
      entity: entity.key,
      sections: viewSections(definition['x-sections'], names, definition.title),
      recordFields: names,
      ownFields: [],
      readOnly: fixed,
      context: [],
    })
  })
}

/** The form of one tab of Configuración. Throws when the version has no such tab. */
export function settingsForm(installed: InstalledPack, tab: string): ResolvedForm {
  return cached(installed, `settings:${tab}`, () => {
    const definition = installed.pack.manifest.settings?.properties?.[tab]
    if (!definition) throw new Error(`pack ${installed.name} has no settings ${tab}`)
    const { title = tab, properties = {}, required = [] } = definition
    const names = Object.keys(properties)
    return build(
      `settings.${installed.name}.${installed.number}.${tab}`,
      { type: 'object', title, properties, required },
      {},
      {
        ...{ title, help: definition.description ?? null, submit: null, entity: null },
        ...{ sections: [{ title, fields: names }], recordFields: [], ownFields: names },
        ...{ readOnly: new Set<string>(), context: [] },
      },
    )
  })
}

/** The form of a row of a catalogue. The key is given once; the row's name and parent are always required. */
export function catalogForm(installed: InstalledPack, name: string): ResolvedForm {
  return cached(installed, `catalog:${name}`, () => {
    const catalog = installed.pack.catalogs[name]
    if (!catalog) throw new Error(`pack ${installed.name} has no catalogue ${name}`)
    const { key, parent, title } = catalog
    const names = Object.keys(catalog.columns)
    const properties = Object.fromEntries(
      Object.entries(catalog.columns).map(([column, schema]) => [
        column,
        column === key ? { ...schema, 'x-fixed': true } : schema,
      ]),
    )
    const named = names.find((column) => column !== key && column !== parent)
    const required = [...new Set([key, named, parent, ...(catalog.required ?? [])])].filter(
      (column): column is string => column !== undefined && names.includes(column),
    )
    return build(
      `catalog.${installed.name}.${installed.number}.${name}`,
      { type: 'object', title, properties, required },
      {},
      {
        ...{ title, help: null, submit: null, entity: null },
        ...{ sections: [{ title, fields: names }], recordFields: [], ownFields: names },
        ...{ readOnly: new Set<string>(), context: [] },
      },
    )
  })
}

type Parts = Pick<
  ResolvedForm,
  | 'title'
  | 'help'
  | 'submit'
  | 'confirm'
  | 'entity'
  | 'sections'
  | 'recordFields'
  | 'ownFields'
  | 'readOnly'
  | 'context'
>

function build(id: string, schema: FormSchema, settings: JsonObject, parts: Parts): ResolvedForm {
  const expanded = expandSchema(schema, settings)
  const { hash, code, validate } = compileValidator(expanded)
  return {
    id,
    schema: expanded,
    uiSchema: toUiSchema(expanded),
    model: compileForm(expanded),
    hash,
    code,
    validate,
    ...parts,
  }
}

function addUse(uses: Map<string, FormFieldUse>, use: string | FormFieldUse): void {
  const full = typeof use === 'string' ? { field: use } : use
  uses.set(full.field, full)
}

function withUse(property: FormSchema, use: FormFieldUse, fixed: boolean): FormSchema {
  const result: FormSchema = { ...property }
  if (use.title) result.title = use.title
  if (fixed) {
    result.readOnly = true
    delete result['x-required-when']
  }
  for (const key of ['x-visible-when', 'x-required-when', 'x-editable-when'] as const) {
    const value = use[key]
    if (value) result[key] = value
  }
  return result
}

/** What no person writes: the state, codes, computed values. */
function isAutomatic(property: FormSchema): boolean {
  return Boolean(property['x-state'] ?? property['x-code'] ?? property['x-computed'])
}

function viewSections(given: SectionDefinition[] | undefined, names: string[], title: string): ViewSection[] {
  const placed = new Set<string>()
  const sections: ViewSection[] = (given ?? [])
    .map((section) => {
      const fields = section.fields
        .map((use) => (typeof use === 'string' ? use : use.field))
        .filter((name) => names.includes(name))
      fields.forEach((name) => placed.add(name))
      return {
        title: section.title,
        fields,
        ...(section.columns ? { columns: section.columns } : {}),
        ...(section['x-visible-when'] ? { 'x-visible-when': section['x-visible-when'] } : {}),
      }
    })
    .filter((section) => section.fields.length > 0)
  const rest = names.filter((name) => !placed.has(name))
  if (rest.length > 0) {
    if (sections.length === 1 && sections[0]) sections[0].fields.push(...rest)
    else sections.push({ title, fields: rest })
  }
  return sections
}

const digest = (settings: JsonObject): string =>
  createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 16)
