import type { FactsQuestion } from '#engine/contract'
import type { JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import type { InstalledPack, ResolvedForm } from '../../packs/index.ts'
import { formEnvironment } from './environment.ts'
import { environmentView } from './environmentView.ts'
import { factInputs } from './loadFacts.ts'

export interface FormFactsInput {
  installed: InstalledPack
  form: ResolvedForm
  /** The whole record as saved; null for a new one. */
  record: (JsonObject & { id: string }) | null
  /** What was typed so far. Fields that the form does not take are left out. */
  data: JsonObject
}

/** The facts that a form names, for what was typed into it so far; who may ask is decided before. */
export async function formFacts(ctx: Ctx, input: FormFactsInput): Promise<{ facts: JsonObject }> {
  const { installed, form, record } = input
  const properties = form.schema.properties ?? {}
  const taken = Object.entries(input.data).filter(
    ([name]) => Object.hasOwn(properties, name) && !form.readOnly.has(name),
  )
  const saved = Object.fromEntries(Object.keys(properties).map((name) => [name, record?.[name] ?? null]))
  const value = { ...(record ? saved : {}), ...Object.fromEntries(taken) }
  const environment = await formEnvironment(ctx, ctx.db, { installed, form, properties, record, value })
  return { facts: environmentView(environment, form.schema).facts }
}

/** Where the page asks again, and which fields make it ask; null where no fact depends on what is typed. */
export function factsQuestion(
  installed: InstalledPack,
  form: ResolvedForm,
  question: Pick<FactsQuestion, 'operation' | 'params'> & { id?: string },
): FactsQuestion | null {
  const inputs = form.entity ? factInputs(installed, form.entity, form.model.facts) : []
  const fields = inputs.filter((name) => Object.hasOwn(form.schema.properties ?? {}, name))
  return fields.length > 0 ? { ...question, fields } : null
}
