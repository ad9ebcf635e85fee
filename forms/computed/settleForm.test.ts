import { builtinFunctions } from '../expressions/builtinFunctions.ts'
import { expandSchema } from '../schema/expandSchema.ts'
import { FormModelError } from '../schema/FormModelError.ts'
import type { FormEnvironment, FormSchema, JsonObject } from '../types.ts'
import { compileForm } from './compileForm.ts'
import type { SettleOptions } from './SettledForm.ts'
import { settleForm } from './settleForm.ts'

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

function settle(
  properties: Record<string, FormSchema>,
  value: JsonObject,
  env: Partial<FormEnvironment> = {},
  options: SettleOptions = {},
) {
  const model = compileForm(expandSchema({ type: 'object', properties }))
  return settleForm(model, value, { ...base, ...env }, options)
}

const text: FormSchema = { type: 'string' }

describe('settleForm', () => {
  describe('normalises', () => {
    it('texts by x-normalize, blanks to nothing, and drops names outside the schema', () => {
      const properties: Record<string, FormSchema> = {
        phone: { type: 'string', 'x-normalize': ['digits'] },
        code: { type: 'string', 'x-normalize': ['trim', 'upper'] },
        note: text,
      }
      const settled = settle(properties, { phone: '987 654-321', code: '  ab  c ', note: '   ', evil: 1 })
      expect(settled.stored).toEqual({ phone: '987654321', code: 'AB C' })
    })

    it('decimals to their scale, leaving too many decimals for the check to refuse', () => {
      const properties = { a: { 'x-decimal': true }, b: { 'x-decimal': { scale: 4 } }, c: { 'x-money': 'PEN' } }
      expect(settle(properties, { a: '18', b: 0.18, c: '1.005' }).stored).toEqual({
        a: '18.00',
        b: '0.1800',
        c: '1.005',
      })
    })
  })

  describe('hides', () => {
    const properties = {
      country: text,
      region: { ...text, 'x-visible-when': 'value.country != "PE"', 'x-required-when': 'true' },
      note: { ...text, 'x-visible-when': 'value.region != null' },
    }

    it('a hidden field is not required, its value is dropped, and what depends on it sees nothing', () => {
      const settled = settle(properties, { country: 'PE', region: 'Texas', note: 'x' })
      expect(settled.visible).toEqual({ country: true, region: false, note: false })
      expect(settled.required.region).toBe(false)
      expect(settled.value).toEqual({ country: 'PE' })
    })

    it('keeps hidden values for the page when asked, but never to be stored', () => {
      const settled = settle(properties, { country: 'PE', region: 'Texas' }, {}, { keepHidden: true })
      expect(settled.value.region).toBe('Texas')
      expect(settled.stored.region).toBeUndefined()
    })

    it('shows again when the condition holds', () => {
      const settled = settle(properties, { country: 'US', region: 'Texas', note: 'x' })
      expect(settled.visible).toEqual({ country: true, region: true, note: true })
      expect(settled.required.region).toBe(true)
      expect(settled.stored.note).toBe('x')
    })

    it('a whole section', () => {
      const schema: FormSchema = {
        type: 'object',
        properties: { a: text, b: text },
        'x-sections': [{ title: 'B', fields: ['b'], 'x-visible-when': 'value.a = "yes"' }],
      }
      expect(settleForm(compileForm(schema), { a: 'no', b: 'x' }, base).stored).toEqual({ a: 'no' })
      expect(settleForm(compileForm(schema), { a: 'yes', b: 'x' }, base).stored).toEqual({ a: 'yes', b: 'x' })
    })

    it('a group with everything in it', () => {
      const properties = {
        kind: text,
        address: { type: 'object', 'x-visible-when': 'value.kind = "site"', properties: { street: text } },
      }
      expect(settle(properties, { kind: 'x', address: { street: 'y' } }).stored).toEqual({ kind: 'x' })
    })
  })

  describe('computes', () => {
    it('in the order of the formulas, not of the schema, ignoring what was sent', () => {
      const properties = {
        total: { 'x-money': 'PEN', 'x-computed': 'money.add(value.price, value.tax)' },
        tax: { 'x-money': 'PEN', 'x-computed': 'money.multiply(value.price, "0.18")' },
        price: { 'x-money': 'PEN' },
      }
      const settled = settle(properties, { price: '99.99', tax: '0', total: '1' })
      expect(settled.stored).toEqual({ price: '99.99', tax: '18.00', total: '117.99' })
      expect(settled.computedBy.tax).toBe('money.multiply(value.price, "0.18")')
      expect(settled.editable).toEqual({ total: false, tax: false, price: true })
    })

    it('says null where a computed value became empty', () => {
      const settled = settle(
        { a: { 'x-decimal': true }, b: { 'x-decimal': true, 'x-computed': 'money.add(value.a, "1")' } },
        { b: '3.00' },
      )
      expect(settled.value).toEqual({ b: null })
      expect(settled.stored).toEqual({})
    })

    it('refuses a circle, naming it', () => {
      const properties = {
        a: { ...text, 'x-computed': 'value.b' },
        b: { ...text, 'x-computed': 'value.c' },
        c: { ...text, 'x-computed': 'value.a' },
      }
      expect(() => compileForm({ type: 'object', properties })).toThrow(FormModelError)
      expect(() => compileForm({ type: 'object', properties })).toThrow(/a → b → c → a/)
    })

    it('freezes what is computed on creation', () => {
      const properties = { rate: { 'x-decimal': { scale: 4 }, 'x-computed': { value: 'facts.rate', on: ['create'] } } }
      expect(settle(properties, {}, { facts: { rate: '0.18' } }).stored).toEqual({ rate: '0.1800' })
      const later = settle(properties, { rate: '9' }, { facts: { rate: '0.20' }, record: { rate: '0.1800' } })
      expect(later.stored).toEqual({ rate: '0.1800' })
    })

    it('computes again when the named field changed', () => {
      const properties = {
        price: { 'x-money': 'PEN' },
        rate: { 'x-decimal': { scale: 4 }, 'x-computed': { value: 'facts.rate', on: ['create', 'change:price'] } },
      }
      const record = { price: '10.00', rate: '0.1800' }
      const env = { facts: { rate: '0.20' }, record }
      expect(settle(properties, { price: '10' }, env).stored.rate).toBe('0.1800')
      expect(settle(properties, { price: '11' }, env).stored.rate).toBe('0.2000')
      expect(settle(properties, { price: '10' }, env, { event: { change: ['price'] } }).stored.rate).toBe('0.2000')
    })

    it('computes on entering a state only then', () => {
      const properties = {
        name: text,
        state: { ...text, 'x-state': true },
        sentName: { ...text, 'x-computed': { value: 'value.name', on: ['enter:Sent'] } },
      }
      expect(settle(properties, { name: 'A' }).stored.sentName).toBeUndefined()
      const entering = settle(
        properties,
        { name: 'A', state: 'Sent' },
        { record: { name: 'A' } },
        { event: { enter: 'Sent' } },
      )
      expect(entering.stored.sentName).toBe('A')
      expect(
        settle(properties, { name: 'A', state: 'Sent' }, { record: { name: 'A', state: 'New' } }).stored.sentName,
      ).toBe('A')
      expect(settle(properties, { name: 'B' }, { record: { name: 'A', sentName: 'A' } }).stored.sentName).toBe('A')
    })

    it('shows but never stores what is computed to be read', () => {
      const properties = {
        due: { ...text, format: 'date' },
        left: { type: 'integer', 'x-computed': { value: '(value.due - today()).days', on: ['read'] } },
      }
      const settled = settle(properties, { due: '2026-07-30' })
      expect(settled.value.left).toBe(6)
      expect(settled.stored.left).toBeUndefined()
    })

    it('compares dates as dates, and today is the day in Lima', () => {
      const properties = {
        day: { ...text, format: 'date' },
        late: { type: 'boolean', 'x-computed': 'value.day < today()' },
      }
      expect(settle(properties, { day: '2026-07-24' }).stored.late).toBe(false)
      expect(settle(properties, { day: '2026-07-23' }).stored.late).toBe(true)
    })

    it('makes a failing formula an issue beside its field', () => {
      const settled = settle({ a: text, b: { ...text, title: 'Resultado', 'x-computed': 'value.a > 3' } }, { a: 'x' })
      expect(settled.issues).toMatchObject([
        { path: 'b', rule: 'expression', level: 'error', message: 'No se pudo calcular Resultado' },
      ])
    })
  })

  describe('proposes', () => {
    const properties = {
      site: { ...text, 'x-ref': 'site' },
      city: { ...text, default: 'Lima', 'x-default': 'ref.site.city' },
    }
    const arequipa = { site: { id: 's1', city: 'Arequipa' } }

    it('the constant while the formula says nothing', () => {
      expect(settle(properties, {}).stored).toEqual({ city: 'Lima' })
    })

    it('and follows until the person edits the field', () => {
      const following = settle(properties, { site: 's1', city: 'Lima' }, { ref: arequipa }, { touched: ['site'] })
      expect(following.stored.city).toBe('Arequipa')
      const edited = settle(properties, { site: 's1', city: 'Cusco' }, { ref: arequipa }, { touched: ['site', 'city'] })
      expect(edited.stored.city).toBe('Cusco')
    })

    it('on the server fills only what is absent from a new record; null means left empty', () => {
      expect(settle(properties, { site: 's1' }, { ref: arequipa }).stored.city).toBe('Arequipa')
      expect(settle(properties, { site: 's1', city: 'Cusco' }, { ref: arequipa }).stored.city).toBe('Cusco')
      expect(settle(properties, { site: 's1', city: null }, { ref: arequipa }).stored.city).toBeUndefined()
      expect(settle(properties, { site: 's1' }, { ref: arequipa, record: { site: 's1' } }).stored.city).toBeUndefined()
    })

    it('on a saved record follows only what has changed', () => {
      const env = { ref: arequipa, record: { site: 's1', city: 'Cusco' } }
      expect(settle(properties, { site: 's1', city: 'Cusco' }, env, { touched: [] }).stored.city).toBe('Cusco')
      const moved = { ref: { site: { id: 's2', city: 'Puno' } }, record: { site: 's1', city: 'Cusco' } }
      expect(settle(properties, { site: 's2', city: 'Cusco' }, moved, { touched: ['site'] }).stored.city).toBe('Puno')
    })

    it('says which referenced rows it still needs, and never uses a row of another record', () => {
      const settled = settle(properties, { site: 's2' }, { ref: arequipa }, { touched: [] })
      expect(settled.missingRefs).toEqual(['site'])
      expect(settled.stored.city).toBe('Lima')
    })
  })

  describe('sub-lists', () => {
    const properties: Record<string, FormSchema> = {
      lines: {
        type: 'array',
        'x-table': { main: 'main' },
        items: {
          type: 'object',
          properties: {
            amount: { 'x-money': 'PEN', 'x-computed': 'money.multiply(row.price, string(row.count))' },
            count: { type: 'integer', default: 1 },
            price: { 'x-money': 'PEN' },
            main: { type: 'boolean' },
            why: { type: 'string', 'x-visible-when': 'row.count > 5', 'x-required-when': 'true' },
          },
        },
      },
      total: { 'x-money': 'PEN', 'x-computed': 'money.sum(value.lines.amount)' },
    }

    it('compute each row before what sums them', () => {
      const settled = settle(properties, { lines: [{ price: '2.50', count: 4 }, { price: '1' }] })
      expect(settled.stored.total).toBe('11.00')
      expect(settled.stored.lines).toEqual([
        { price: '2.50', count: 4, amount: '10.00', main: true },
        { price: '1.00', count: 1, amount: '1.00' },
      ])
    })

    it('hide and demand per row', () => {
      const settled = settle(properties, { lines: [{ count: 6 }, { count: 2, why: 'x' }] })
      expect(settled.visible['lines.0.why']).toBe(true)
      expect(settled.required['lines.0.why']).toBe(true)
      expect(settled.visible['lines.1.why']).toBe(false)
      expect((settled.stored.lines as JsonObject[])[1]!.why).toBeUndefined()
    })
  })

  describe('editable', () => {
    it('not what is read-only, the state, a code, computed, fixed once saved, or by its own rule', () => {
      const properties: Record<string, FormSchema> = {
        free: text,
        readOnly: { ...text, readOnly: true },
        state: { ...text, 'x-state': true },
        code: { ...text, 'x-code': '{free}' },
        fixed: { ...text, 'x-fixed': true },
        ruled: { ...text, 'x-editable-when': 'actor.front = "portal"' },
      }
      expect(settle(properties, {}).editable).toEqual({
        free: true,
        readOnly: false,
        state: false,
        code: false,
        fixed: true,
        ruled: false,
      })
      expect(settle(properties, {}, { record: { fixed: 'x' } }).editable.fixed).toBe(false)
    })

    it('not what a process changes, from when on it says so', () => {
      const moved = { by: 'move', message: 'Moved', when: 'record.ready = true' }
      const properties: Record<string, FormSchema> = {
        place: { ...text, 'x-fixed': moved },
        ready: { type: 'boolean' },
      }
      expect(settle(properties, {}, { record: { place: 'x' } }).editable.place).toBe(true)
      expect(settle(properties, {}, { record: { place: 'x', ready: true } }).editable.place).toBe(false)
      expect(settle(properties, {}, { record: { ready: true } }).editable.place).toBe(true)
    })
  })

  it('reads fields of the saved record that the form does not show', () => {
    const properties = { note: { ...text, 'x-visible-when': 'value.kind = "big"' } }
    expect(settle(properties, { note: 'x' }, { record: { kind: 'big' } }).visible.note).toBe(true)
    expect(settle(properties, { note: 'x' }, { record: { kind: 'small' } }).visible.note).toBe(false)
  })
})

describe('compileForm', () => {
  it.each<[string, FormSchema, RegExp]>([
    ['an unknown word, with the nearest', { properties: { a: { 'x-requiredwhen': 'true' } } }, /x-required-when/],
    ['a word that is not built', { properties: { a: { 'x-encrypted': true } } }, /todavía no está construido/],
    ['a broken expression', { properties: { a: { 'x-default': 'if' } } }, /properties\.a\.x-default/],
    ['an unknown root', { properties: { a: { 'x-default': 'valor.b' } } }, /No existe «valor»/],
    ['row outside a list', { properties: { a: { 'x-default': 'row.b' } } }, /No existe «row»/],
    ['actor in a computed value', { properties: { a: { 'x-computed': 'actor.id' } } }, /No existe «actor»/],
    ['now() in a value always computed', { properties: { a: { 'x-computed': 'now()' } } }, /now\(\)/],
    ['an unknown moment', { properties: { a: { 'x-computed': { value: '1', on: ['sometimes'] } } } }, /sometimes/],
    ['an unknown level', { properties: { a: { 'x-check': [{ check: 'true', message: 'x', level: 'bad' }] } } }, /bad/],
    [
      'a column that does not exist',
      { properties: { a: { type: 'array', 'x-table': { main: 'x' }, items: { properties: { b: {} } } } } },
      /columna «x»/,
    ],
    ['an unknown rule of normalising', { properties: { a: { 'x-normalize': ['trimm'] } } }, /trimm/],
    ['a name that is none', { properties: { 'a b': {} } }, /«a b»/],
    ['a hostile name', { properties: JSON.parse('{"__proto__": {}}') }, /__proto__/],
  ])('refuses %s', (_what, schema, reason) => {
    expect(() => compileForm(schema)).toThrow(FormModelError)
    expect(() => compileForm(schema)).toThrow(reason)
  })

  it('reads a schema once', () => {
    const schema = { properties: { a: {} } }
    expect(compileForm(schema)).toBe(compileForm(schema))
  })
})
