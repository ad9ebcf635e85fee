import fc from 'fast-check'
import { createContext, Script } from 'node:vm'
import { expandSchema } from '../schema/expandSchema.ts'
import { FormModelError } from '../schema/FormModelError.ts'
import type { CompiledValidator, FormSchema } from '../types.ts'
import { instantiateValidator, type ValidatorFactory } from '../validation/instantiateValidator.ts'
import { compileValidator } from './compileValidator.ts'

/** Runs the page's module where code from strings is forbidden, as under `script-src 'self'`. */
function inPage(code: string): CompiledValidator {
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } })
  const factory = new Script(`(${code.replace('export default ', '').trim()})`).runInContext(
    context,
  ) as ValidatorFactory
  return instantiateValidator(factory)
}

const schema = expandSchema({
  type: 'object',
  required: ['name', 'kind'],
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 5, title: 'Nombre', 'x-normalize': ['trim'] },
    kind: {
      oneOf: [
        { const: 'a', title: 'A' },
        { const: 'b', title: 'B' },
      ],
    },
    day: { type: 'string', format: 'date' },
    at: { type: 'string', format: 'date-time' },
    mail: { type: 'string', format: 'email' },
    price: { 'x-money': 'PEN' },
    tags: { type: 'array', uniqueItems: true, items: { type: 'string' } },
    rows: {
      type: 'array',
      maxItems: 2,
      items: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } },
    },
  },
})

describe('compileValidator', () => {
  const { code, validate, hash } = compileValidator(schema)
  const page = inPage(code)

  it('gives the same answer and the same errors here and in the page', () => {
    const value = fc.record(
      {
        name: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 7 }), fc.integer()),
        kind: fc.constantFrom('a', 'b', 'c', 1),
        day: fc.constantFrom('2026-01-01', '2026-13-01', 'x'),
        at: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01'),
        mail: fc.constantFrom('a@b.pe', 'a'),
        price: fc.constantFrom('1.00', '1.005', 1),
        tags: fc.array(fc.constantFrom('a', 'b')),
        rows: fc.array(fc.oneof(fc.record({ n: fc.integer() }), fc.constant({}), fc.constant(null))),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(value, fc.jsonValue()), (data) => {
        expect(page(data)).toBe(validate(data))
        expect(JSON.parse(JSON.stringify(page.errors ?? null))).toEqual(
          JSON.parse(JSON.stringify(validate.errors ?? null)),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('reports every error, one per choice', () => {
    expect(validate({ name: 'x', kind: 'z' })).toBe(false)
    expect(validate.errors?.map((error) => error.keyword)).toEqual(['minLength', 'enum'])
  })

  it('names a schema by its content, whatever the order of keys', () => {
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(compileValidator({ type: 'object', title: 'a' }).hash).toBe(
      compileValidator({ title: 'a', type: 'object' }).hash,
    )
    expect(compileValidator({ title: 'b' }).hash).not.toBe(compileValidator({ title: 'a' }).hash)
  })

  it('hands the code nothing but the helpers of Ajv', () => {
    expect(() => instantiateValidator((require) => require('fs') as CompiledValidator)).toThrow('"fs"')
  })

  const nested = (depth: number): FormSchema =>
    depth === 0 ? { type: 'string' } : { type: 'object', properties: { a: nested(depth - 1) } }
  it.each<[string, FormSchema, RegExp]>([
    ['nested repetition', { properties: { a: { type: 'string', pattern: '^(a+)+$' } } }, /properties\.a\.pattern/],
    ['repeated alternatives', { properties: { a: { type: 'string', pattern: '(a|aa)*b' } } }, /repite/],
    ['a broken pattern', { properties: { a: { type: 'string', pattern: '(' } } }, /expresión regular/],
    ['depth over 6', nested(7), /6 niveles/],
    [
      'more than 300 properties',
      { properties: Object.fromEntries(Array.from({ length: 301 }, (_, n) => [`p${n}`, {}])) },
      /300 propiedades/,
    ],
    ['an unknown format', { properties: { a: { type: 'string', format: 'ruc' } } }, /formato «ruc»/],
    ['a mistyped word', { properties: { a: { maxLenght: 3 } } }, /maxLenght/],
    ['what is no JSON Schema', { properties: { a: { type: 'text' } } }, /No es un esquema válido/],
  ])('refuses %s', (_what, refused, reason) => {
    expect(() => compileValidator(refused)).toThrow(FormModelError)
    expect(() => compileValidator(refused)).toThrow(reason)
  })
})
