import type { FormView } from '#engine/contract'

export interface FormSection {
  /** null: the fields no section names, drawn without a heading. */
  title: string | null
  fields: string[]
  columns: number
}

/** Sections of a form in order; fields no section names go last, so that none is lost. */
export function formSections(form: Pick<FormView, 'schema' | 'sections'>): FormSection[] {
  const names = Object.keys(form.schema.properties ?? {})
  const named = new Set(form.sections.flatMap((section) => section.fields))
  const sections: FormSection[] = form.sections
    .map((section) => ({
      title: section.title || null,
      fields: section.fields.filter((field) => names.includes(field)),
      columns: section.columns ?? 2,
    }))
    .filter((section) => section.fields.length > 0)
  const rest = names.filter((name) => !named.has(name))
  if (rest.length) sections.push({ title: null, fields: rest, columns: 2 })
  return sections
}
