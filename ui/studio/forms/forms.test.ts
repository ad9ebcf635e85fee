import type { FormDefinition } from '#definitions'
import {
  addSection,
  changeUse,
  layoutOf,
  moveUse,
  putOwnField,
  removeOwnField,
  removeSection,
  renameSection,
  toggleField,
  usesField,
  withLayout,
} from './formDocument.ts'
import { kindOfSchema, ownFieldKinds, schemaOfKind } from './ownField.ts'

const form: FormDefinition = {
  title: 'Review',
  entity: 'request',
  sections: [
    { title: 'First', columns: 2, fields: [{ field: 'a', readOnly: true }, 'b'] },
    { title: 'Second', fields: ['c'] },
  ],
}

describe('editing a form', () => {
  it('writes back what it read, whichever way it was written', () => {
    for (const one of [
      form,
      { entity: 'x', fields: ['a', { field: 'b', required: true }] },
      { fields: ['a'], sections: form.sections },
    ]) {
      expect(withLayout(one, layoutOf(one))).toEqual(one)
    }
  })

  it('adds and takes away fields', () => {
    const more = toggleField(form, 'd', true)
    expect(more.sections?.[1]?.fields).toEqual(['c', 'd'])
    expect(toggleField(more, 'd', false)).toEqual(form)
    expect(toggleField({ entity: 'x' }, 'a', true)).toEqual({ entity: 'x', fields: ['a'] })
    expect(usesField(form, 'a')).toBe(true)
    expect(usesField(form, 'd')).toBe(false)
  })

  it('marks a field and leaves no trace of a mark taken away', () => {
    const marked = changeUse(form, 0, 1, { required: true })
    expect(marked.sections?.[0]?.fields[1]).toEqual({ field: 'b', required: true })
    expect(changeUse(marked, 0, 1, { required: false })).toEqual(form)
  })

  it('moves a field within its section and over its border, and stops at the ends', () => {
    expect(moveUse(form, 0, 0, 1).sections?.[0]?.fields).toEqual(['b', { field: 'a', readOnly: true }])
    const over = moveUse(form, 0, 1, 1)
    expect(over.sections?.map((section) => section.fields.length)).toEqual([1, 2])
    expect(over.sections?.[1]?.fields).toEqual(['b', 'c'])
    expect(moveUse(form, 1, 0, 1)).toBe(form)
    expect(moveUse(form, 0, 0, -1)).toBe(form)
  })

  it('adds, renames and removes sections without losing fields', () => {
    expect(addSection(form, 'Third').sections?.map((section) => section.title)).toEqual(['First', 'Second', 'Third'])
    expect(renameSection(form, 1, 'Last').sections?.[1]?.title).toBe('Last')
    const one = removeSection(form, 1)
    expect(one.sections).toEqual([{ title: 'First', columns: 2, fields: [{ field: 'a', readOnly: true }, 'b', 'c'] }])
    expect(removeSection(one, 0)).toMatchObject({ fields: [{ field: 'a', readOnly: true }, 'b', 'c'] })
  })

  it('keeps the own fields, their place and whether they are required together', () => {
    const more = putOwnField(form, 'reason', schemaOfKind('longText', 'Reason'), true)
    expect(more).toMatchObject({ properties: { reason: { title: 'Reason' } }, required: ['reason'] })
    expect(usesField(more, 'reason')).toBe(true)
    expect(putOwnField(more, 'reason', schemaOfKind('text', 'Reason'), false).required).toBeUndefined()
    expect(removeOwnField(more, 'reason')).toEqual(form)
  })

  it('recognises the kind of every field it makes', () => {
    for (const kind of ownFieldKinds) expect(kindOfSchema(schemaOfKind(kind, 'X', ['a']))).toBe(kind)
    expect(kindOfSchema({ type: 'string', 'x-ref': 'user' })).toBeNull()
  })
})
