import type { FormView } from '#engine/contract'
import { isNeverDrawn } from '../schema/annotationOf.ts'

/** Where values of sections that the page draws are kept, beside those of the form. */
export const relatedRoot = '$related'

export interface FormSection {
  /** null: the fields no section names, drawn without a heading. */
  title: string | null
  fields: string[]
  columns: number
}

/** Sections of a form in order; fields no section names go last, so that none is lost. */
export function formSections(
  form: Pick<FormView, 'schema' | 'sections'>,
  hidden: string[] = [],
  more: { name: string; title: string }[] = [],
): FormSection[] {
  const { properties = {} } = form.schema
  const names = Object.keys(properties).filter((name) => !hidden.includes(name) && !isNeverDrawn(properties[name]))
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
  const others = more.map(({ name, title }) => ({ title, fields: [`${relatedRoot}.${name}`], columns: 1 }))
  return [...sections, ...others]
}

/** The heading of the section is the name of its only field: one of the two is enough. */
export function isNamedBySection(sections: FormSection[], field: string, title: string): boolean {
  const section = sections.find(({ fields }) => fields.includes(field))
  return section?.fields.length === 1 && section.title === title
}

/** The section that holds a place. */
export const sectionOf = (sections: FormSection[], path: string): number =>
  sections.findIndex(({ fields }) => holds(fields, path))

/** One of the fields is this place, or holds it. */
export const holds = (fields: string[], path: string): boolean =>
  fields.some((field) => path === field || path.startsWith(`${field}.`))
