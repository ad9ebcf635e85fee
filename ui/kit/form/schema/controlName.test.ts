import { controlName, isWide } from './controlName.ts'
import { displaySchema, displayUiSchema } from './displaySchema.ts'

describe('which control draws a field', () => {
  it.each([
    [{ type: 'string' }, 'text'],
    [{ type: 'string', maxLength: 2000 }, 'textarea'],
    [{ enum: ['A', 'B'] }, 'select'],
    [{ enum: ['A', 'B'], 'x-widget': 'radio' }, 'radio'],
    [{ type: 'string', 'x-ref': 'sede' }, 'reference'],
    [{ type: 'string', 'x-catalog': { catalog: 'p', parent: 'd' } }, 'catalog'],
    [{ type: 'string', 'x-money': 'PEN' }, 'decimal'],
    [{ type: 'string', format: 'date' }, 'date'],
    [{ type: 'boolean' }, 'checkbox'],
    [{ type: 'string', 'x-file': { types: ['pdf'] } }, 'file'],
    [{ type: 'array', items: { type: 'string', 'x-file': true } }, 'files'],
    [{ type: 'array', items: { type: 'object', properties: {} } }, 'table'],
    [{ type: 'array', items: { enum: ['A'] } }, 'choices'],
  ])('%j is a %s', (schema, name) => {
    expect(controlName(schema)).toBe(name)
  })
  it('gives long things a row of their own', () => {
    expect(isWide({ type: 'array', items: { type: 'object' } })).toBe(true)
    expect(isWide({ type: 'string' })).toBe(false)
  })
  it('hands the layout no rule that could act twice', () => {
    const schema = {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'string', default: 'x', pattern: '^x$' }, b: { oneOf: [{ const: 'k' }] } },
    }
    expect(displaySchema(schema)).toEqual({
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
    })
    expect(displayUiSchema(schema)).toEqual({ a: { 'ui:widget': 'text' }, b: { 'ui:widget': 'select' } })
  })
})
