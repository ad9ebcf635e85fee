import fc from 'fast-check'
import {
  builtinFunctions,
  compileForm,
  RowMemory,
  settleForm,
  type FormEnvironment,
  type JsonObject,
} from '../index.ts'

/** Rows are remembered only to save time: the answer is the same as without. */
describe('remembered rows', () => {
  const model = compileForm({
    type: 'object',
    properties: {
      rate: { title: 'Rate', type: 'string', 'x-decimal': true },
      open: { title: 'Open', type: 'boolean' },
      lines: {
        title: 'Lines',
        type: 'array',
        'x-visible-when': 'value.open != false',
        'x-table': { main: 'main' },
        items: {
          type: 'object',
          required: ['item'],
          properties: {
            item: { title: 'Item', type: 'string', 'x-normalize': ['trim', 'upper'] },
            price: { title: 'Price', type: 'string', 'x-money': 'PEN' },
            note: { title: 'Note', type: 'string', 'x-visible-when': 'row.item = "A"', 'x-default': 'row.item' },
            amount: {
              title: 'Amount',
              type: 'string',
              'x-money': 'PEN',
              'x-computed': 'money.multiply(row.price, value.rate)',
            },
            main: { title: 'Main', type: 'boolean' },
          },
        },
      },
      total: { title: 'Total', type: 'string', 'x-money': 'PEN', 'x-computed': 'money.sum(value.lines.amount)' },
    },
  })
  const env: FormEnvironment = {
    record: null,
    ref: {},
    facts: {},
    settings: {},
    actor: { id: 'u', roles: [], front: 'staff' },
    now: new Date('2026-11-20T12:00:00Z'),
    timeZone: 'America/Lima',
    functions: builtinFunctions,
  }
  const row = fc.record(
    {
      item: fc.constantFrom('A', ' a ', 'B', ''),
      price: fc.constantFrom('1.00', '2.5', 'x'),
      main: fc.boolean(),
      note: fc.constantFrom('n', 'm'),
    },
    { requiredKeys: [] },
  )
  const change = fc.oneof(
    fc.record({ kind: fc.constant('cell' as const), at: fc.nat(9), row }),
    fc.record({ kind: fc.constant('add' as const), at: fc.nat(9), row }),
    fc.record({ kind: fc.constant('remove' as const), at: fc.nat(9) }),
    fc.record({ kind: fc.constant('rate' as const), rate: fc.constantFrom('1.00', '3.00', null) }),
    fc.record({ kind: fc.constant('open' as const), open: fc.boolean() }),
  )

  it('settle as they would anew, whatever is typed, added and removed', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), fc.boolean(), (changes, keepHidden) => {
        const memory = new RowMemory()
        let value: JsonObject = { rate: '2.00', lines: [{ item: 'A', price: '1.00' }, { item: 'B' }] }
        for (const step of changes) {
          const lines = (value.lines ?? []) as JsonObject[]
          if (step.kind === 'cell')
            value = { ...value, lines: lines.map((held, index) => (index === step.at ? step.row : held)) }
          else if (step.kind === 'add')
            value = { ...value, lines: [...lines.slice(0, step.at), step.row, ...lines.slice(step.at)] }
          else if (step.kind === 'remove') value = { ...value, lines: lines.filter((_, index) => index !== step.at) }
          else if (step.kind === 'rate') value = { ...value, rate: step.rate }
          else value = { ...value, open: step.open }
          const options = { touched: ['lines'], keepHidden }
          const anew = settleForm(model, structuredClone(value), env, options)
          const remembered = settleForm(model, value, env, { ...options, memory })
          expect(remembered.stored).toEqual(anew.stored)
          const { stored: _a, value: all, ...rest } = remembered
          const { stored: _b, value: expected, ...others } = anew
          if (!keepHidden || value.open !== false) expect(all).toEqual(expected)
          expect(rest).toEqual(others)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('are worked out a few at a time where a page asks for that', () => {
    const memory = new RowMemory()
    memory.budget = 3
    const value: JsonObject = { rate: '2.00', lines: Array.from({ length: 8 }, () => ({ item: 'B', price: '1.00' })) }
    let runs = 0
    let settled = settleForm(model, value, env, { touched: [], memory })
    while (memory.pending) {
      runs += 1
      settled = settleForm(model, value, env, { touched: [], memory })
    }
    expect(runs).toBe(2)
    expect(settled.value).toEqual(settleForm(model, value, env, { touched: [] }).value)
  })
})
