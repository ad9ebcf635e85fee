import {
  builtinFunctions,
  compileForm,
  type CompiledValidator,
  type FormEnvironment,
  type FormSchema,
  type JsonObject,
} from '#forms'
import { createFormStore, sectionStatus, shownIssues } from './formStore.ts'

const environment: FormEnvironment = {
  record: null,
  ref: {},
  facts: {},
  settings: {},
  actor: { id: 'u', roles: [], front: 'staff' },
  now: new Date('2026-11-20T12:00:00Z'),
  timeZone: 'America/Lima',
  functions: builtinFunctions,
}
const schema: FormSchema = {
  type: 'object',
  required: ['nombre'],
  properties: {
    nombre: { title: 'Nombre', type: 'string', 'x-normalize': ['trim', 'upper'] },
    apodo: { title: 'Apodo', type: 'string', 'x-default': 'value.nombre' },
    pais: { title: 'País', type: 'string' },
    region: { title: 'Región', type: 'string', 'x-visible-when': 'value.pais = "PE"', 'x-required-when': 'true' },
    precio: { title: 'Precio', type: 'string', 'x-money': 'PEN' },
    total: { title: 'Total', type: 'string', 'x-money': 'PEN', 'x-computed': 'money.add(value.precio, "1.00")' },
    socios: {
      title: 'Socios',
      type: 'array',
      items: { type: 'object', required: ['correo'], properties: { correo: { type: 'string' } } },
    },
    motivo: { title: 'Motivo', type: 'string', 'x-required-when': 'facts.outcome = "no"' },
  },
}
/** Says what the compiled validator would: the required names that are missing. */
const validator: CompiledValidator = Object.assign(
  (data: unknown) => {
    const missing = (schema.required ?? []).filter((name) => (data as JsonObject)[name] === undefined)
    validator.errors = missing.map((missingProperty) => ({
      keyword: 'required',
      instancePath: '',
      params: { missingProperty },
    }))
    return missing.length === 0
  },
  { errors: null as CompiledValidator['errors'] },
)
const open = (data: JsonObject = {}) => createFormStore({ model: compileForm(schema), validator, data, environment })

describe('an open form', () => {
  it('leaves what is being typed alone, and sends it normalised', () => {
    const form = open()
    form.set('nombre', ' ana ')
    expect(form.getSnapshot().raw.nombre).toBe(' ana ')
    expect(form.check().value.nombre).toBe('ANA')
  })
  it('lets a proposal follow until somebody edits the field', () => {
    const form = open()
    form.set('nombre', 'ANA')
    expect(form.getSnapshot().raw.apodo).toBe('ANA')
    form.set('apodo', 'Anita')
    form.set('nombre', 'EVA')
    expect(form.getSnapshot().raw.apodo).toBe('Anita')
  })
  it('computes at once, and never keeps what somebody wrote over it', () => {
    const form = open()
    form.set('total', '999')
    form.set('precio', '10.00')
    expect(form.getSnapshot().raw.total).toBe('11.00')
  })
  it('drops a hidden value from what is sent and keeps it in case the field comes back', () => {
    const form = open({ nombre: 'A', pais: 'PE', region: 'Lima' })
    form.set('pais', 'CL')
    expect(form.getSnapshot().settled.visible.region).toBe(false)
    expect(form.check().value).not.toHaveProperty('region')
    form.set('pais', 'PE')
    expect(form.check().value.region).toBe('Lima')
  })
  it('asks for more by the answer chosen', () => {
    const form = open({ nombre: 'A' })
    expect(form.check('si').issues.filter((issue) => issue.path === 'motivo')).toEqual([])
    expect(form.check('no').issues.map((issue) => issue.path)).toContain('motivo')
  })
  it('shows no error before the person had a chance, and all of them after an attempt', () => {
    const form = open()
    expect(shownIssues(form.getSnapshot())).toEqual([])
    form.check()
    expect(shownIssues(form.getSnapshot()).map((issue) => issue.path)).toContain('nombre')
  })
  it("forgets the server's finding when its field changes", () => {
    const form = open({ nombre: 'A' })
    form.refuse([{ path: 'nombre', rule: 'unique', params: {}, message: 'Ya existe', level: 'error' }])
    expect(form.check().issues.some((issue) => issue.rule === 'unique')).toBe(true)
    form.set('nombre', 'B')
    expect(form.check().issues.some((issue) => issue.rule === 'unique')).toBe(false)
  })
  it('tells how a section stands', () => {
    const form = open()
    expect(sectionStatus(['nombre'], form.getSnapshot(), schema)).toBe('pending')
    form.check()
    expect(sectionStatus(['nombre'], form.getSnapshot(), schema)).toBe('error')
    form.set('nombre', 'A')
    form.check()
    expect(sectionStatus(['nombre'], form.getSnapshot(), schema)).toBe('complete')
  })
  it('counts a section as complete only with every mandatory cell of its rows', () => {
    const form = open()
    const status = () => sectionStatus(['socios'], form.getSnapshot(), schema)
    form.set('socios', [{ correo: 'a@b.pe' }])
    expect(status()).toBe('complete')
    form.set('socios', [{ correo: 'a@b.pe' }, {}])
    expect(status()).toBe('pending')
    form.set('socios.1.correo', 'c@d.pe')
    expect(status()).toBe('complete')
  })
})
