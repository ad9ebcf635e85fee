import { checkForm, type Issue, type JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { InstalledPack, ResolvedForm } from '../packs/index.ts'
import { checkLinks, formEnvironment, timelineIssues } from '../records/index.ts'

export interface ReadFormInput {
  form: ResolvedForm
  installed: InstalledPack
  data: JsonObject
  /** The record as saved, null when there is none yet. */
  record: (JsonObject & { id: string }) | null
  /** The answer chosen: a form may ask for more by it (`facts.outcome`). */
  outcome?: string
  /** The person saw the warnings and goes on. */
  warned: boolean
}
export interface FormAnswer {
  /** Checked and settled: what expressions see as `form`. */
  value: JsonObject
  /** The part that goes onto the record. */
  recordChanges: JsonObject
}

/**
 * Checks what a person sent for a form: nothing unknown, read-only values as they are stored, the compiled validator,
 * our own rules, references and files. 422 with issues; warnings alone are 422 `form.warned` until confirmed.
 */
export async function readForm(ctx: Ctx, input: ReadFormInput): Promise<FormAnswer> {
  const { form, record } = input
  const properties = form.schema.properties ?? {}
  const unknown = Object.keys(input.data).filter((name) => !Object.hasOwn(properties, name))
  if (unknown.length > 0) {
    throw new CauceError(
      'form.invalid',
      {},
      {
        issues: unknown.map((name) => ({
          path: name,
          rule: 'additionalProperties',
          params: { name },
          message: `El dato "${name}" no existe en este formulario.`,
          level: 'error',
        })),
      },
    )
  }
  const given: JsonObject = {}
  for (const name of Object.keys(properties)) {
    const stored = form.recordFields.includes(name) ? record?.[name] : undefined
    const value = form.readOnly.has(name) ? stored : Object.hasOwn(input.data, name) ? input.data[name] : stored
    if (value !== undefined) given[name] = value
  }
  const environment = await formEnvironment(ctx, ctx.db, {
    installed: input.installed,
    form,
    properties,
    record,
    value: given,
    facts: { outcome: input.outcome ?? null },
  })
  const checked = checkForm(form.model, form.validate, given, environment)
  const links = await checkLinks(ctx, ctx.db, {
    installed: input.installed,
    schema: form.schema,
    value: checked.value,
    before: record,
    recordId: record?.id ?? null,
  })
  const entity = record === null && form.entity ? input.installed.pack.entities[form.entity] : undefined
  const time = entity ? timelineIssues(ctx, entity, checked.value, null) : []
  const found = [...checked.issues, ...links]
  // What the form itself says of the day is not said twice.
  const issues: Issue[] = [...found, ...time.filter(({ path }) => !found.some((issue) => issue.path === path))]
  if (issues.some((issue) => issue.level === 'error')) throw new CauceError('form.invalid', {}, { issues })
  if (!input.warned && issues.some((issue) => issue.level === 'warn'))
    throw new CauceError('form.warned', {}, { issues })
  const recordChanges = Object.fromEntries(
    form.recordFields
      .filter(
        (name) =>
          !form.readOnly.has(name) &&
          JSON.stringify(checked.value[name] ?? null) !== JSON.stringify(record?.[name] ?? null),
      )
      .map((name) => [name, checked.value[name] ?? null]),
  )
  return { value: checked.value, recordChanges }
}
