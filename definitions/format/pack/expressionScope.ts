import { builtinFunctions, type ExpressionScope, type FormSchema } from '#forms'
import type { EntityDefinition } from '../types.ts'
import { referredEntity, userEntity, type CheckInput } from './CheckInput.ts'
import { factSchemas } from './factSchemas.ts'

const open: FormSchema = { type: 'object', 'x-open': true }
const text: FormSchema = { type: 'string' }

/** What an expression of an entity or of a form may read (vocabulary: names in reach). */
export function scopeOfForm(
  { pack }: CheckInput,
  options: { entity: EntityDefinition | undefined; own?: FormSchema | undefined; row?: FormSchema; withActor: boolean },
): ExpressionScope {
  const { entity, own, row, withActor } = options
  const properties = { ...entity?.properties, ...own?.properties }
  const value: FormSchema = { type: 'object', properties }
  return {
    value,
    record: { type: 'object', properties: { id: text, ...entity?.properties } },
    ref: referencesOf(pack.entities, properties, 1),
    // `outcome`: the answer that a person is about to give in a task.
    facts: { type: 'object', properties: { outcome: text, ...factSchemas(pack.entities, entity) } },
    settings: pack.manifest.settings ?? { type: 'object', properties: {} },
    ...(withActor && { actor: actorSchema(pack) }),
    ...(own && { form: value }),
    ...(row && { row }),
  }
}

/** What an expression of a process may read. */
export function scopeOfProcess(
  { pack }: CheckInput,
  entity: FormSchema | undefined,
  variables: string[],
): ExpressionScope {
  return {
    outcome: text,
    form: open,
    task: open,
    result: open,
    results: open,
    record: { type: 'object', properties: { id: text, ...entity?.properties } },
    ref: referencesOf(pack.entities, entity?.properties ?? {}, 1),
    vars: { type: 'object', properties: Object.fromEntries(variables.map((name) => [name, open])) },
    settings: pack.manifest.settings ?? { type: 'object', properties: {} },
    actor: actorSchema(pack),
  }
}

/** The person who acts, with the scopes that accounts of this pack may carry. */
function actorSchema({ demo, entities, roles }: CheckInput['pack']): FormSchema {
  const inRules = Object.values(roles.rows ?? {}).flatMap((row) =>
    Object.values(row).flatMap((rule) => [...rule.matchAll(/\bactor\.([A-Za-z_]\w*)/g)].map(([, name]) => name ?? '')),
  )
  const scopes = [
    ...inRules,
    ...(demo.users ?? []).flatMap((user) => Object.keys(user.scope ?? {})),
    ...Object.values(entities).flatMap((entity) => Object.keys(entity['x-account']?.scope ?? {})),
  ]
  const list: FormSchema = { type: 'array', items: text }
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(scopes.map((name) => [name, list])),
      id: text,
      roles: list,
      front: text,
      name: text,
    },
  }
}

/** `ref.<field>` is the row behind a reference or a catalogue key; `ref.a.ref.b` a second step, never a third. */
function referencesOf(
  entities: CheckInput['pack']['entities'],
  properties: Record<string, FormSchema>,
  step: 1 | 2,
): FormSchema {
  const behind: Record<string, FormSchema> = {}
  for (const [name, schema] of Object.entries(properties)) {
    if (schema['x-catalog'] !== undefined) behind[name] = open
    const target = referredEntity(schema)
    if (target === null) continue
    const entity = target === userEntity ? undefined : entities[target]
    if (!entity) {
      behind[name] = open
      continue
    }
    const inner: Record<string, FormSchema> = step === 1 ? { ref: referencesOf(entities, entity.properties, 2) } : {}
    behind[name] = { type: 'object', properties: { id: text, ...entity.properties, ...inner } }
  }
  return { type: 'object', properties: behind }
}

/** Made per pack by the platform, from its holidays. */
const calendarFunctions = ['business.add', 'business.between', 'business.isDay']

/** Functions that expressions of the pack may call besides FEEL's own; undefined when nobody said which plugins exist. */
export function functionsInReach({ pack, options }: CheckInput): string[] | undefined {
  const { plugins } = options
  if (!plugins) return undefined
  const ofPlugins = (pack.manifest.plugins ?? []).flatMap((plugin) =>
    (plugins[plugin]?.functions ?? []).map((name) => `${plugin}.${name}`),
  )
  return [...Object.keys(builtinFunctions), ...calendarFunctions, ...ofPlugins]
}
