import type { FormDefinition, FormFieldUse, SectionDefinition } from '#definitions'
import type { FormSchema } from '#forms'

/** A form as the editor shows it: always sections, every field as an object. */
export interface FormLayout {
  sections: LayoutSection[]
}
export interface LayoutSection {
  title: string
  uses: FormFieldUse[]
  /** What the editor does not touch (`columns`, `x-visible-when`). */
  rest: Omit<SectionDefinition, 'title' | 'fields'>
}

export function layoutOf(form: FormDefinition): FormLayout {
  const sections: LayoutSection[] = (form.sections ?? []).map(({ title, fields, ...rest }) => ({
    title,
    uses: fields.map(toUse),
    rest,
  }))
  if (form.fields?.length || sections.length === 0)
    sections.unshift({ title: '', uses: (form.fields ?? []).map(toUse), rest: {} })
  return { sections }
}

/** The form with another layout, written sparsely: a plain name where a field has no options. */
export function withLayout(form: FormDefinition, layout: FormLayout): FormDefinition {
  const { sections: _sections, fields: _fields, ...rest } = form
  const loose = layout.sections.filter((section) => section.title === '').flatMap((section) => section.uses)
  const titled = layout.sections.filter((section) => section.title !== '')
  return {
    ...rest,
    ...(loose.length > 0 ? { fields: loose.map(toSparse) } : {}),
    ...(titled.length > 0
      ? { sections: titled.map(({ title, uses, rest: more }) => ({ title, ...more, fields: uses.map(toSparse) })) }
      : {}),
  }
}

export function usesField(form: FormDefinition, field: string): boolean {
  return layoutOf(form).sections.some((section) => section.uses.some((use) => use.field === field))
}

/** Puts a field at the end of the last section, or takes it away from wherever it is. */
export function toggleField(form: FormDefinition, field: string, used: boolean): FormDefinition {
  const layout = layoutOf(form)
  const sections = layout.sections.map((section) => ({
    ...section,
    uses: section.uses.filter((use) => use.field !== field),
  }))
  if (used) sections.at(-1)?.uses.push({ field })
  return withLayout(form, { sections })
}

export function changeUse(
  form: FormDefinition,
  section: number,
  index: number,
  change: Partial<FormFieldUse>,
): FormDefinition {
  return editSection(form, section, (uses) => uses.map((use, at) => (at === index ? { ...use, ...change } : use)))
}

/** Moves a field one place up (-1) or down (+1), over the border of its section into the next one. */
export function moveUse(form: FormDefinition, section: number, index: number, step: -1 | 1): FormDefinition {
  const { sections } = layoutOf(form)
  const from = sections[section]
  const use = from?.uses[index]
  if (!from || !use) return form
  const inside = index + step >= 0 && index + step < from.uses.length
  from.uses.splice(index, 1)
  if (inside) from.uses.splice(index + step, 0, use)
  else {
    const to = sections[section + step]
    if (!to) return form
    to.uses.splice(step === 1 ? 0 : to.uses.length, 0, use)
  }
  return withLayout(form, { sections })
}

export function renameSection(form: FormDefinition, section: number, title: string): FormDefinition {
  const { sections } = layoutOf(form)
  return withLayout(form, { sections: sections.map((one, at) => (at === section ? { ...one, title } : one)) })
}

export function addSection(form: FormDefinition, title: string): FormDefinition {
  const { sections } = layoutOf(form)
  // A first empty list without a title is only the place where fields would go: the new section takes it.
  const kept = sections.filter((section) => section.title !== '' || section.uses.length > 0)
  return withLayout(form, { sections: [...kept, { title, uses: [], rest: {} }] })
}

/** Takes a section away; its fields go to the one before (or after, for the first). */
export function removeSection(form: FormDefinition, section: number): FormDefinition {
  const { sections } = layoutOf(form)
  const [removed] = sections.splice(section, 1)
  const heir = sections[Math.max(0, section - 1)]
  if (heir) heir.uses.push(...(removed?.uses ?? []))
  else sections.push({ title: '', uses: removed?.uses ?? [], rest: {} })
  return withLayout(form, { sections })
}

/** Adds or changes a field of the form's own, and shows it. */
export function putOwnField(form: FormDefinition, key: string, schema: FormSchema, required: boolean): FormDefinition {
  const others = (form.required ?? []).filter((name) => name !== key)
  const { required: _required, ...rest } = form
  const changed = {
    ...rest,
    properties: { ...form.properties, [key]: schema },
    ...(required || others.length > 0 ? { required: required ? [...others, key] : others } : {}),
  }
  return usesField(changed, key) ? changed : toggleField(changed, key, true)
}

export function removeOwnField(form: FormDefinition, key: string): FormDefinition {
  const { properties = {}, required = [], ...rest } = toggleField(form, key, false)
  const { [key]: _removed, ...left } = properties
  const still = required.filter((name) => name !== key)
  return {
    ...rest,
    ...(Object.keys(left).length > 0 ? { properties: left } : {}),
    ...(still.length > 0 ? { required: still } : {}),
  }
}

function editSection(
  form: FormDefinition,
  section: number,
  edit: (uses: FormFieldUse[]) => FormFieldUse[],
): FormDefinition {
  const { sections } = layoutOf(form)
  return withLayout(form, {
    sections: sections.map((one, at) => (at === section ? { ...one, uses: edit(one.uses) } : one)),
  })
}

function toUse(field: string | FormFieldUse): FormFieldUse {
  return typeof field === 'string' ? { field } : { ...field }
}

function toSparse(use: FormFieldUse): string | FormFieldUse {
  const kept = Object.fromEntries(
    Object.entries(use).filter(([, value]) => value !== undefined && value !== false && value !== ''),
  )
  return Object.keys(kept).length === 1 ? use.field : (kept as unknown as FormFieldUse)
}
