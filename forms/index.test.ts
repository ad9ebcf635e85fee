import { build } from 'esbuild'
import { createContext, Script } from 'node:vm'
import * as door from './index.ts'
import { compileValidator } from './compile/index.ts'

/** The whole door, bundled for a page and run where code from strings is forbidden, as under `script-src 'self'`. */
async function inPage(): Promise<typeof door> {
  const { outputFiles } = await build({
    entryPoints: ['forms/index.ts'],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'forms',
    write: false,
    logLevel: 'error',
  })
  const context = createContext({ Intl, URL, console }, { codeGeneration: { strings: false, wasm: false } })
  new Script(outputFiles[0]!.text).runInContext(context)
  return (context as { forms: typeof door }).forms
}

describe('the door of forms', () => {
  it('works in a page under a strict content security policy, with the same result as here', async () => {
    const page = await inPage()
    const schema = door.expandSchema({
      type: 'object',
      required: ['name', 'day'],
      properties: {
        name: { type: 'string', title: 'Nombre', maxLength: 3, 'x-normalize': ['trim', 'upper'] },
        day: {
          type: 'string',
          title: 'Día',
          format: 'date',
          'x-check': [{ check: 'value.day >= today()', message: 'Ya pasó' }],
        },
        price: { 'x-money': 'PEN', title: 'Precio', 'x-decimal': { gt: '0' } },
        tax: { 'x-money': 'PEN', 'x-computed': 'money.multiply(value.price, "0.18")' },
      },
    })
    const { code, validate } = compileValidator(schema)
    const factory = new Script(
      `(${code.replace('export default ', '').trim()})`,
    ).runInThisContext() as door.ValidatorFactory
    const value = { name: ' abcd ', day: '2026-07-23', price: '0' }
    const environment = {
      record: null,
      ref: {},
      facts: {},
      settings: {},
      actor: { id: null, roles: [], front: null },
      now: new Date('2026-07-25T02:30:00Z'),
      timeZone: 'America/Lima',
    }
    const here = door.checkForm(door.compileForm(schema), validate, value, {
      ...environment,
      functions: door.builtinFunctions,
    })
    // What crosses into the page is data.
    const pageSchema = JSON.parse(JSON.stringify(schema)) as typeof schema
    const there = page.checkForm(page.compileForm(pageSchema), page.instantiateValidator(factory), value, {
      ...environment,
      functions: page.builtinFunctions,
    })
    expect(JSON.parse(JSON.stringify(there))).toEqual(here)
    expect(here.issues.map((issue) => issue.path)).toEqual(['name', 'day', 'price'])
  })
})
