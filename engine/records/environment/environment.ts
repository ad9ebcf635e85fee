import { settleForm, type FormEnvironment, type FormModel, type FormSchema, type JsonObject } from '#forms'
import { expressionActor } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { catalogsInForce, entityOf, settingsOf, type InstalledPack } from '../../packs/index.ts'
import type { Db } from '../../persistence/index.ts'
import { catalogOf, referenceOf, USER_ENTITY } from '../schema/annotations.ts'
import { factInputs, loadFacts } from './loadFacts.ts'
import { referenceMentions } from '../schema/referenceMentions.ts'

/** Rows behind the references and catalogue fields of a record: field → data with `id`, or null. */
export async function loadReferences(
  ctx: Ctx,
  db: Db,
  installed: InstalledPack,
  properties: Record<string, FormSchema>,
  data: JsonObject,
  hops = 2,
): Promise<Record<string, JsonObject | null>> {
  const result: Record<string, JsonObject | null> = {}
  const mentions = referenceMentions(installed)
  for (const [field, property] of Object.entries(properties)) {
    if (!mentions.fields.has(field)) continue
    const reference = referenceOf(property)
    const catalog = catalogOf(property)
    const value = data[field]
    if (reference)
      result[field] =
        typeof value === 'string'
          ? await loadReferenced(ctx, db, reference.entity, value, hops, mentions.secondHop)
          : null
    else if (catalog) {
      const definition = (await catalogsInForce(ctx, installed))[catalog.catalog]
      result[field] =
        (typeof value === 'string' && definition?.rows.find((row) => row[definition.key] === value)) || null
    }
  }
  return result
}

async function loadReferenced(
  ctx: Ctx,
  db: Db,
  entityKey: string,
  id: string,
  hops: number,
  secondHop: boolean,
): Promise<JsonObject | null> {
  if (entityKey === USER_ENTITY) {
    const user = await db.users.get(id)
    return user ? { id: user._id, name: user.name, email: user.email } : null
  }
  const record = await db.records(entityKey).get(id)
  if (!record) return null
  const row: JsonObject = { ...record.data, id }
  const { definition, installed } = await entityOf(ctx, entityKey)
  if (hops > 1 && secondHop) {
    row.ref = await loadReferences(ctx, db, installed, definition.properties, record.data, hops - 1)
  }
  return row
}

export interface EnvironmentInput {
  installed: InstalledPack
  /** Whose expressions will be evaluated; null: none that needs facts. */
  form: { entity: string | null; model: FormModel } | null
  properties: Record<string, FormSchema>
  record: (JsonObject & { id: string }) | null
  /** The whole record, where `record` is only what the actor may see of it: facts are computed for the rule. */
  whole?: JsonObject & { id: string }
  value: JsonObject
  /** Facts of the moment, beside those of the entity: the answer a person gives. */
  facts?: JsonObject
}

/** What form and entity expressions know on this side; the page gets the part that they name, as data. */
export async function formEnvironment(ctx: Ctx, db: Db, input: EnvironmentInput): Promise<FormEnvironment> {
  const { installed, properties, record } = input
  const environment: FormEnvironment = {
    record,
    ref: await loadReferences(ctx, db, installed, properties, input.value),
    facts: { ...(await factsFor(ctx, db, input, input.value)), ...input.facts },
    settings: await settingsOf(ctx, installed),
    actor: expressionActor(ctx.actor),
    now: ctx.clock.now(),
    timeZone: ctx.config.timeZone,
    functions: installed.functions,
  }
  return input.form && followsValues(input.form, installed) ? followed(ctx, db, input, environment) : environment
}

function factsFor(ctx: Ctx, db: Db, input: EnvironmentInput, value: JsonObject): Promise<JsonObject> {
  const { form, installed, whole } = input
  if (!form?.entity || form.model.facts.length === 0) return Promise.resolve({})
  const about = { installed, entity: form.entity, names: form.model.facts, record: whole ?? input.record, value }
  return loadFacts(ctx, db, about)
}

/** More rounds than a reference that follows from a reference that follows from a third one needs. */
const MOST_ROUNDS = 4

/**
 * A value that follows from others (a proposal, a formula) may itself be a reference, or an input of a fact: the form is
 * settled, what became known is loaded, until nothing new is named.
 */
async function followed(
  ctx: Ctx,
  db: Db,
  input: EnvironmentInput,
  environment: FormEnvironment,
): Promise<FormEnvironment> {
  const { form, installed, properties } = input
  if (!form) return environment
  const inputs = form.entity ? factInputs(installed, form.entity, form.model.facts) : []
  let known = environment
  let value = input.value
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const settled = settleForm(form.model, input.value, known, { keepHidden: true })
    const moved = inputs.some((name) => JSON.stringify(settled.value[name]) !== JSON.stringify(value[name]))
    if (settled.missingRefs.length === 0 && !moved) return known
    value = settled.value
    const wanted = Object.fromEntries(settled.missingRefs.map((name) => [name, properties[name] ?? {}]))
    const found = await loadReferences(ctx, db, installed, wanted, value)
    if (!moved && !Object.values(found).some(Boolean)) return known
    known = {
      ...known,
      ref: { ...known.ref, ...found },
      ...(moved && { facts: { ...(await factsFor(ctx, db, input, value)), ...input.facts } }),
    }
  }
  return known
}

const following = new WeakMap<FormModel, boolean>()

/** Does a field that computes or proposes itself lead to a referenced row, or to a fact? */
function followsValues(
  { entity, model }: { entity: string | null; model: FormModel },
  installed: InstalledPack,
): boolean {
  let follows = following.get(model)
  if (follows === undefined) {
    const leads = new Set([...model.refs, ...(entity ? factInputs(installed, entity, model.facts) : [])])
    follows = model.fields.some(({ path, computed, proposal }) => leads.has(path) && (computed ?? proposal) !== null)
    following.set(model, follows)
  }
  return follows
}
