import { settleForm, type FormSchema, type JsonObject } from '#forms'
import { expressionActor } from '../access/index.ts'
import type { StepFacts } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import { entityForm, entityOf, settingsOf, type EntityInPack, type InstalledPack } from '../packs/index.ts'
import type { Db } from '../persistence/index.ts'
import { catalogOf, formEnvironment, loadReferences, referenceOf, stateField, USER_ENTITY } from '../records/index.ts'

export interface FactsInput {
  installed: InstalledPack
  record: { entity: string; id: string; data: JsonObject } | null
  /** What the person changed on the record in this step's form. */
  changes?: JsonObject
  vars: JsonObject
}

/** What expressions of a step may know. The record is settled first, so that computed fields follow the form. */
export async function stepFacts(ctx: Ctx, db: Db, input: FactsInput): Promise<StepFacts> {
  const { changes = {} } = input
  const settings = await settingsOf(ctx, input.installed)
  const base = { vars: input.vars, settings, actor: expressionActor(ctx.actor), task: null }
  if (!input.record) return { ...base, record: {}, ref: {} }
  const entity = await entityOf(ctx, input.record.entity)
  const { properties } = entity.definition
  const names = new Set(Object.keys(properties))
  const value = { ...input.record.data, ...changes }
  const form = entityForm(entity, names, names, settings)
  const environment = await formEnvironment(ctx, db, {
    installed: entity.installed,
    form,
    properties,
    record: { ...input.record.data, id: input.record.id },
    value,
  })
  const event = { change: Object.keys(changes) }
  const settled = settleForm(form.model, value, environment, { event, keepHidden: true }).value
  const complete = Object.fromEntries([...names].map((name) => [name, settled[name] ?? null]))
  return {
    ...base,
    record: { ...complete, id: input.record.id },
    stateField: stateField(entity.definition),
    ref: await loadReferences(ctx, db, input.installed, properties, settled),
    schemas: await schemasOf(ctx, entity, input.installed),
  }
}

const known = new WeakMap<object, StepFacts['schemas'] & object>()

/** Schemas of what a step's expressions read, so that they see dates as dates and every declared field. */
async function schemasOf(
  ctx: Ctx,
  entity: EntityInPack,
  installed: InstalledPack,
): Promise<StepFacts['schemas'] & object> {
  let schemas = known.get(entity.definition)
  if (!schemas) {
    const ref: Record<string, FormSchema> = {}
    for (const [field, property] of Object.entries(entity.definition.properties)) {
      const target = referenceOf(property)?.entity
      const catalog = catalogOf(property)
      const columns = catalog ? entity.installed.pack.catalogs[catalog.catalog]?.columns : undefined
      if (columns) ref[field] = { type: 'object', properties: columns }
      else if (target && target !== USER_ENTITY) ref[field] = (await entityOf(ctx, target)).definition
    }
    schemas = { record: entity.definition, ref: { type: 'object', properties: ref } }
    known.set(entity.definition, schemas)
  }
  const { settings } = installed.pack.manifest
  return settings ? { ...schemas, settings } : schemas
}
