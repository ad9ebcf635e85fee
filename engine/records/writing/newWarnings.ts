import { checkForm, type Issue, type JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import type { InstalledPack, ResolvedForm } from '../../packs/index.ts'
import type { Db, RecordDoc } from '../../persistence/index.ts'
import { formEnvironment } from '../environment/environment.ts'

/**
 * Warnings that this change brings. What a field was saved with has been confirmed then, often by somebody else, and
 * whoever changes another field is not asked again.
 */
export async function newWarnings(
  ctx: Ctx,
  db: Db,
  input: { installed: InstalledPack; form: ResolvedForm; before: RecordDoc | null; data: JsonObject; issues: Issue[] },
): Promise<Issue[]> {
  const { installed, form, before, data, issues } = input
  const warnings = issues.filter(({ level }) => level === 'warn')
  if (!before || warnings.length === 0) return warnings
  const environment = await formEnvironment(ctx, db, {
    installed,
    form,
    properties: form.schema.properties ?? {},
    record: { ...before.data, id: before._id },
    value: before.data,
  })
  const told = checkForm(form.model, form.validate, before.data, environment).issues
  const isUntouched = (path: string): boolean => {
    const [field = ''] = path.split('.')
    return JSON.stringify(before.data[field] ?? null) === JSON.stringify(data[field] ?? null)
  }
  return warnings.filter(
    ({ path, message }) => !(isUntouched(path) && told.some((old) => old.path === path && old.message === message)),
  )
}
