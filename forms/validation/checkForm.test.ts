import fc from 'fast-check'
import { compileValidator } from '../compile/compileValidator.ts'
import { compileForm } from '../computed/compileForm.ts'
import type { SettleOptions } from '../computed/SettledForm.ts'
import { builtinFunctions } from '../expressions/builtinFunctions.ts'
import { expandSchema } from '../schema/expandSchema.ts'
import type { FormEnvironment, FormSchema, Json, JsonObject } from '../types.ts'
import { checkForm } from './checkForm.ts'

const base: FormEnvironment = {
  record: null,
  ref: {},
  facts: {},
  settings: {},
  actor: { id: 'u1', roles: [], front: 'staff' },
  now: new Date('2026-07-25T02:30:00Z'),
  timeZone: 'America/Lima',
  functions: builtinFunctions,
}

function form(schema: FormSchema) {
  const expanded = expandSchema({ type: 'object', ...schema })
  const model = compileForm(expanded)
  const { validate } = compileValidator(expanded)
  return (value: JsonObject, env: Partial<FormEnvironment> = {}, options: SettleOptions = {}) =>
    checkForm(model, validate, value, { ...base, ...env }, options)
}

function told(schema: FormSchema, value: JsonObject, env: Partial<FormEnvironment> = {}): string[] {
  return form(schema)(value, env).issues.map((issue) => `${issue.path}: ${issue.message}`)
}

const text: FormSchema = { type: 'string' }

describe('checkForm', () => {
  it('speaks plain Spanish, by titles, in the order of the form', () => {
    const schema: FormSchema = {
      required: ['correo', 'fotos', 'ruc', 'celular', 'razon', 'dia'],
      properties: {
        ruc: { ...text, title: 'RUC' },
        celular: { ...text, title: 'Celular' },
        razon: { ...text, title: 'Razón social' },
        correo: { ...text, title: 'Correo electrónico' },
        fotos: { type: 'array', title: 'Fotos' },
        dia: { ...text, title: 'Día de pago' },
      },
    }
    expect(told(schema, {})).toEqual([
      'ruc: Falta el RUC',
      'celular: Falta el celular',
      'razon: Falta la razón social',
      'correo: Falta el correo electrónico',
      'fotos: Faltan las fotos',
      'dia: Falta el día de pago',
    ])
  })

  it.each<[FormSchema, Json, string]>([
    [{ type: 'string', pattern: '^\\d{11}$' }, '20', 'Debe tener 11 dígitos'],
    [{ type: 'string', pattern: '^[0-9]{8,12}$' }, '2', 'Debe tener de 8 a 12 dígitos'],
    [{ type: 'string', pattern: '^[0-9A-Z]{1,20}$' }, '-', 'Solo admite letras mayúsculas y números, hasta 20'],
    [{ type: 'string', pattern: '^A', 'x-error': { pattern: 'Empieza con A' } }, 'b', 'Empieza con A'],
    [{ type: 'string', pattern: '^A', examples: ['A1'] }, 'b', 'No tiene el formato esperado; por ejemplo: A1'],
    [{ type: 'string', minLength: 3 }, 'a', 'Debe tener al menos 3 caracteres'],
    [{ type: 'string', maxLength: 1 }, 'ab', 'No puede tener más de 1 carácter'],
    [{ type: 'string', format: 'email' }, 'x', 'Escriba un correo válido, como nombre@empresa.pe'],
    [{ type: 'string', format: 'date' }, '2026-02-30', 'Escriba una fecha válida'],
    [{ type: 'integer', minimum: 1 }, 0, 'Debe ser 1 o más'],
    [{ type: 'integer' }, 1.5, 'Debe ser un número entero'],
    [{ type: 'string' }, 5, 'Debe ser un texto'],
    [{ enum: ['a', 'b'] }, 'c', 'Elija una de las opciones'],
    [
      {
        oneOf: [
          { const: 'a', title: 'A' },
          { const: 'b', title: 'B' },
        ],
      },
      'c',
      'Elija una de las opciones',
    ],
    [{ type: 'array', maxItems: 1 }, ['a', 'b'], 'No puede haber más de 1'],
    [{ 'x-decimal': true }, '1.005', 'Debe ser un número con hasta 2 decimales'],
    [{ 'x-decimal': true }, 'abc', 'Debe ser un número con hasta 2 decimales'],
    [{ 'x-decimal': { gt: '0' } }, '0', 'Debe ser mayor que 0'],
    [{ 'x-decimal': { lte: '9.50' } }, '10', 'Debe ser como máximo 9.50'],
    [{ 'x-decimal': { scale: 4, percent: true, lte: '0.18' } }, '0.19', 'Debe ser como máximo 18 %'],
  ])('for %j and %j says: %s', (property, value, message) => {
    expect(told({ properties: { field: property } }, { field: value })).toEqual([`field: ${message}`])
  })

  it('compares decimals as numbers, not as texts', () => {
    const schema: FormSchema = { properties: { a: { 'x-decimal': { gt: '9' } } } }
    expect(told(schema, { a: '10' })).toEqual([])
    expect(told(schema, { a: '8.99' })).toEqual(['a: Debe ser mayor que 9'])
  })

  it('asks nothing of hidden fields', () => {
    const schema: FormSchema = {
      required: ['region', 'kind'],
      properties: {
        kind: text,
        region: {
          ...text,
          title: 'Región',
          pattern: '^x$',
          'x-visible-when': 'value.kind = "b"',
          'x-check': [{ check: 'false', message: 'never' }],
        },
      },
    }
    expect(form(schema)({ kind: 'a', region: 'y' })).toEqual({ value: { kind: 'a' }, issues: [] })
    expect(told(schema, { kind: 'b' })).toEqual(['region: Falta la región', 'region: never'])
  })

  it('demands what x-required-when demands, once', () => {
    const schema: FormSchema = {
      required: ['a'],
      properties: {
        a: { ...text, title: 'Alias', 'x-required-when': 'true' },
        b: { ...text, title: 'Motivo', 'x-required-when': 'value.a = "x"' },
      },
    }
    expect(told(schema, { a: 'x' })).toEqual(['b: Falta el motivo'])
    expect(told(schema, { a: 'y' })).toEqual([])
    expect(told(schema, {})).toEqual(['a: Falta el alias'])
  })

  it('does not wait for codes and states, which come afterwards', () => {
    const schema: FormSchema = {
      required: ['code', 'state'],
      properties: { code: { ...text, 'x-code': 'A-{seq:3}' }, state: { ...text, 'x-state': true } },
    }
    expect(told(schema, {})).toEqual([])
  })

  it('says so when a field is sent that only a process changes, and keeps what is saved', () => {
    const check = form({
      properties: {
        place: { ...text, 'x-fixed': { by: 'move', message: 'It is moved' } },
        units: { ...text, 'x-decimal': true, 'x-fixed': { by: 'move', message: 'It is moved' } },
      },
    })
    const record = { place: 'A', units: '2.00' }
    const { value, issues } = check({ place: 'B', units: '2' }, { record })
    expect(value).toEqual(record)
    expect(issues).toMatchObject([{ path: 'place', rule: 'fixed', message: 'It is moved', level: 'error' }])
    expect(check({ place: 'A' }, { record: { place: 'A' } }).issues).toEqual([])
    expect(check({ place: 'B' }, { record: {} })).toMatchObject({ value: { place: 'B' }, issues: [] })
    // What an old draft holds on a page gives way: nobody could type it there.
    expect(check({ place: 'B', units: '2' }, { record }, { touched: ['place'] })).toEqual({ value: record, issues: [] })
  })

  it('runs x-check with its level, but not on empty inputs unless it tests for null', () => {
    const date = { ...text, format: 'date' }
    const schema: FormSchema = {
      properties: {
        from: date,
        to: { ...date, 'x-check': [{ check: 'value.to > value.from', message: 'Antes del inicio', level: 'warn' }] },
        note: text,
      },
      'x-check': [{ check: 'value.note != null or value.to = null', message: 'Explique el fin' }],
    }
    expect(told(schema, { to: '2026-01-01' })).toEqual([': Explique el fin'])
    expect(form(schema)({ from: '2026-02-01', to: '2026-01-01', note: 'x' }).issues).toEqual([
      {
        path: 'to',
        rule: 'check',
        params: { check: 'value.to > value.from' },
        message: 'Antes del inicio',
        level: 'warn',
      },
    ])
  })

  it('lets checks read what is computed only to be read', () => {
    const schema: FormSchema = {
      properties: {
        due: { ...text, format: 'date' },
        left: { type: 'integer', 'x-computed': { value: '(value.due - today()).days', on: ['read'] } },
      },
      'x-check': [{ check: 'value.left >= 3', message: 'Muy pronto', level: 'warn' }],
    }
    expect(told(schema, { due: '2026-07-25' })).toEqual([': Muy pronto'])
    expect(told(schema, { due: '2026-07-30' })).toEqual([])
  })

  it('checks rows: repeated ones, more than one main row, and each row by itself', () => {
    const schema: FormSchema = {
      properties: {
        people: {
          type: 'array',
          'x-table': { uniqueBy: ['email'], main: 'main' },
          items: {
            type: 'object',
            required: ['email'],
            properties: {
              email: { ...text, title: 'Correo', format: 'email' },
              main: { type: 'boolean', title: 'Principal' },
              age: { type: 'integer', 'x-check': [{ check: 'row.age >= 18', message: 'Menor de edad' }] },
            },
          },
        },
      },
    }
    const people: Json[] = [{ email: 'a@x.pe', main: true, age: 17 }, { email: 'A@X.pe', main: true }, { age: 20 }]
    expect(told(schema, { people })).toEqual([
      'people.2.email: Falta el correo',
      'people.1.email: Ya hay otra fila con el mismo dato: correo',
      'people.1.main: Solo una fila puede ser principal',
      'people.0.age: Menor de edad',
    ])
  })

  it('keeps the saved value of what the person may not edit, whatever was sent', () => {
    const schema: FormSchema = {
      properties: {
        readOnly: { ...text, readOnly: true },
        state: { ...text, 'x-state': true },
        fixed: { ...text, 'x-fixed': true },
        ruled: { ...text, 'x-editable-when': 'record.sent != true' },
        sent: { type: 'boolean' },
        free: text,
      },
    }
    const record = { readOnly: 'a', state: 'b', fixed: 'c', ruled: 'd', sent: true, free: 'e' }
    const sent = { readOnly: '1', state: '2', fixed: '3', ruled: '4', sent: true, free: '5' }
    expect(form(schema)(sent, { record }).value).toEqual({ ...record, free: '5' })
  })

  it('puts the proposal in place of what a person may not choose on a new record', () => {
    const schema: FormSchema = {
      properties: { owner: { ...text, 'x-default': 'actor.owners[1]', 'x-editable-when': 'count(actor.owners) > 1' } },
    }
    const one = { actor: { id: 'u', roles: [], front: 'portal' as const, owners: ['mine'] } }
    expect(form(schema)({ owner: 'other' }, one).value).toEqual({ owner: 'mine' })
  })

  it('keeps a cleared proposal empty on its way from the page to the server', () => {
    const check = form({ properties: { city: { ...text, default: 'Lima' } } })
    const sent = check({}, {}, { touched: ['city'] }).value
    expect(sent).toEqual({ city: null })
    expect(check(sent).value).toEqual({})
    expect(check({}).value).toEqual({ city: 'Lima' })
  })

  it('never throws, whatever is sent', () => {
    const check = form({
      required: ['a'],
      properties: {
        a: {
          ...text,
          pattern: '^\\d+$',
          'x-normalize': ['digits'],
          'x-check': [{ check: 'value.a != "1"', message: 'x' }],
        },
        b: { 'x-decimal': { gt: '0' } },
        c: { ...text, format: 'date', 'x-check': [{ check: 'value.c > today()', message: 'x' }] },
        d: {
          type: 'array',
          'x-table': { uniqueBy: ['e'] },
          items: { type: 'object', properties: { e: text, f: { type: 'integer', 'x-computed': 'row.e = null' } } },
        },
        g: { type: 'object', properties: { h: { type: 'boolean', 'x-default': 'value.a = null' } } },
        total: { 'x-decimal': true, 'x-computed': 'money.add(value.b, "1")' },
      },
    })
    const anything = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'total', '__proto__', 'x'),
      fc.jsonValue() as fc.Arbitrary<Json>,
    )
    fc.assert(
      fc.property(fc.oneof(anything, fc.jsonValue() as fc.Arbitrary<JsonObject>), anything, (value, record) => {
        expect(Array.isArray(check(value, { record: record }).issues)).toBe(true)
        expect(Array.isArray(check(value).issues)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('settles to the same when settled again', () => {
    const check = form({
      properties: {
        kind: { enum: ['a', 'b'] },
        price: { 'x-money': 'PEN' },
        tax: { 'x-money': 'PEN', 'x-computed': 'money.multiply(value.price, "0.18")' },
        note: { ...text, 'x-visible-when': 'value.kind = "b"', 'x-normalize': ['trim', 'upper'] },
        city: { ...text, 'x-default': 'if value.kind = "a" then "Lima" else null' },
      },
    })
    const value = fc.record(
      { kind: fc.constantFrom('a', 'b'), price: fc.constantFrom('1', '2.5', '7.10'), note: fc.string() },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(value, (given) => {
        const once = check(given).value
        expect(check(once).value).toEqual(once)
      }),
    )
  })
})
