import type { FormSchema, JsonObject } from '../types.ts'
import { toUiSchema } from './toUiSchema.ts'

function controlOf(property: FormSchema): JsonObject {
  return toUiSchema({ properties: { field: property } }).field as JsonObject
}

describe('toUiSchema', () => {
  it.each<[string, FormSchema]>([
    ['reference', { type: 'string', 'x-ref': 'site' }],
    ['catalog', { type: 'string', 'x-catalog': { catalog: 'cities', parent: 'region' } }],
    ['file', { type: 'string', 'x-file': true }],
    ['money', { 'x-money': 'PEN', 'x-decimal': { scale: 2 } }],
    ['decimal', { 'x-decimal': { scale: 4, percent: true } }],
    ['suggest', { type: 'string', 'x-suggest': true }],
    ['table', { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } }],
    ['date', { type: 'string', format: 'date' }],
    ['date-time', { type: 'string', format: 'date-time' }],
    ['select', { enum: ['a'] }],
    ['checkbox', { type: 'boolean' }],
    ['textarea', { type: 'string', maxLength: 2000 }],
    ['radio', { enum: ['a'], 'x-widget': 'radio' }],
    ['computed', { 'x-money': 'PEN', 'x-computed': 'value.a' }],
  ])('draws %s', (widget, property) => {
    expect(controlOf(property)['ui:widget']).toBe(widget)
  })

  it('hands each control the annotation, written out', () => {
    expect(controlOf({ type: 'string', 'x-ref': 'site' })['ui:options']).toEqual({ entity: 'site' })
    expect(controlOf({ 'x-money': 'currency', 'x-decimal': { scale: 2, gt: '0' } })['ui:options']).toEqual({
      currency: 'currency',
      scale: 2,
      gt: '0',
    })
    expect(controlOf({ type: 'array', items: { type: 'string', 'x-file': { photo: true } } })['ui:options']).toEqual({
      photo: true,
      multiple: true,
    })
    expect(controlOf({ type: 'integer', 'x-computed': { value: 'value.a', on: ['read'] } })['ui:options']).toEqual({
      formula: 'value.a',
    })
  })

  it('does not let people write what the system writes', () => {
    for (const word of ['x-state', 'x-code', 'x-computed'])
      expect(controlOf({ type: 'string', [word]: 'x' })['ui:readonly']).toBe(true)
    expect(controlOf({ type: 'string', readOnly: true })['ui:readonly']).toBe(true)
  })

  it('orders fields by sections, the others after them', () => {
    const schema: FormSchema = {
      properties: { a: {}, b: {}, c: {} },
      'x-sections': [{ title: 'X', fields: ['c', { field: 'a' }] }],
    }
    expect(toUiSchema(schema)['ui:order']).toEqual(['c', 'a', 'b'])
  })

  it('draws the columns of a table by their own kind', () => {
    const ui = controlOf({
      type: 'array',
      items: { type: 'object', properties: { day: { type: 'string', format: 'date', title: 'Día' } } },
    })
    expect(ui.items).toEqual({ 'ui:order': ['day'], day: { 'ui:title': 'Día', 'ui:widget': 'date' } })
  })
})
