import type { FormView } from '#engine/contract'
import type { ResolvedForm } from '../../packs/index.ts'

/** A form as the page draws it. */
export function formView(form: ResolvedForm): FormView {
  return {
    id: form.id,
    ...(form.entity ? { entity: form.entity } : {}),
    hash: form.hash,
    title: form.title,
    help: form.help,
    submit: form.submit,
    ...(form.confirm ? { confirm: form.confirm } : {}),
    schema: form.schema,
    uiSchema: form.uiSchema,
    validator: `/forms/${form.id}/${form.hash}/validator.js`,
    sections: form.sections,
  }
}
