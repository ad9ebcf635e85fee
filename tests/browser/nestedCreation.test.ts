import { beforeEach, describe, expect, it } from '@jest/globals'
import type { APIRequestContext, Locator, Page } from 'playwright-core'
import { validRuc } from '../http/sampleRecords.ts'
import { eventually } from '../setup/eventually.ts'
import { fieldOf, fillForm, fillIn, type Sections } from './fillForm.ts'
import { describeInBrowser, look, openPage, withProduct } from './harness.ts'

interface Asker {
  entity: string
  field: string
  /** Label of the field, and what has to be chosen before it is there. */
  title: string
  before?: Sections
  user: string
  makes: 'cliente' | 'proveedor' | 'inmueble'
  /** Who may open the form may not make one: he asks for it. */
  onlyAsks?: true
}

/** Every form of staff that asks for a client, a supplier or a property. */
const askers: Asker[] = [
  { entity: 'inmueble', field: 'cliente', title: 'Cliente', user: 'superadmin', makes: 'cliente' },
  { entity: 'herramienta', field: 'cliente', title: 'Cliente asociado', user: 'superadmin', makes: 'cliente' },
  { entity: 'herramienta', field: 'sede', title: 'Sede asociada', user: 'superadmin', makes: 'inmueble' },
  { entity: 'equipo', field: 'sede', title: 'Ubicación por Sede', user: 'superadmin', makes: 'inmueble' },
  {
    ...{ entity: 'mantenimiento', field: 'proveedor', title: 'Proveedor', user: 'superadmin', makes: 'proveedor' },
    before: { Mantenimiento: { 'Realizado por': { pick: 'Proveedor' } } },
  },
  { entity: 'usuario-externo', field: 'clientes', title: 'Clientes a los que representa', user: 'superadmin', makes: 'cliente' }, // prettier-ignore
  {
    ...{ entity: 'usuario-externo', field: 'proveedores', title: 'Proveedores a los que representa' },
    ...{ user: 'superadmin', makes: 'proveedor' },
    before: { 'Datos del usuario': { 'Tipo de usuario': { pick: 'Proveedor' } } },
  },
  {
    ...{ entity: 'usuario', field: 'sedes', title: 'Sedes asignadas', user: 'superadmin', makes: 'inmueble' },
    before: { Acceso: { Roles: { pick: /^Técnico/ } } },
  },
  { entity: 'contrato', field: 'cliente', title: 'Cliente', user: 'gerente.fm', makes: 'cliente', onlyAsks: true },
  { entity: 'movimiento-equipo', field: 'sede', title: 'A', user: 'superadmin', makes: 'inmueble' },
  { entity: 'solicitud-servicio', field: 'sede', title: 'Sede', user: 'facility.manager', makes: 'inmueble' },
  { entity: 'solicitud-servicio', field: 'proveedor', title: 'Proveedor', user: 'facility.manager', makes: 'proveedor', onlyAsks: true }, // prettier-ignore
]
const ids = { cliente: '[FM-4-13] ', proveedor: '[FM-6-13] ', inmueble: '' }
const sectionOf: Record<string, string> = {
  'herramienta.cliente': 'Ubicación de la Herramienta',
  'herramienta.sede': 'Ubicación de la Herramienta',
  'equipo.sede': 'Ubicación del Equipo',
  'usuario.sedes': 'Acceso',
  'contrato.cliente': 'Datos Generales del Contrato',
  'solicitud-servicio.proveedor': 'Proveedor sugerido',
}

const made = {
  cliente: (name: string, ruc: string): Sections => ({
    'Datos Generales del Cliente': {
      'Nombre Completo / Razón Social': name,
      'Nacional / Extranjero': { pick: 'Nacional' },
      'RUC (Registro Único de Contribuyentes)': ruc,
      'Domicilio Fiscal': 'Av. Brasil 10, Lima',
      'Tipo de Cliente': { pick: 'Privado' },
      'CECO (Centro de Costos)': '001',
      'Clasificación: Interno o Externo': { pick: 'Externo' },
    },
    'Información de Contacto': { Email: 'hola@example.pe', Teléfono: '014445566' },
  }),
  proveedor: (name: string, ruc: string): Sections => ({
    'Datos Generales del Proveedor': {
      'Nombre Completo / Razón Social': name,
      'Nacional / Extranjero': { pick: 'Nacional' },
      'RUC (Registro Único de Contribuyentes)': ruc,
      'Domicilio Fiscal': 'Av. Brasil 10, Lima',
      'Tipo de Proveedor': { pick: 'Privado' },
    },
    'Información de Ubicación y Contacto': {
      'Dirección del Proveedor': 'Av. Brasil 10, Lima',
      Departamento: { pick: 'Lima' },
      Email: 'hola@example.pe',
      Teléfono: '014445566',
    },
  }),
  inmueble: (name: string): Sections => ({
    'Información General': { 'Nombre del Inmueble o Sede': name, Cliente: { pick: /Altamar/, typed: 'altamar' } },
    'Ubicación del Inmueble': {
      'Dirección del Inmueble o Sede': 'Av. Brasil 10',
      Departamento: { pick: 'Lima' },
      Provincia: { pick: 'Lima' },
    },
  }),
}
const nouns = { cliente: 'Cliente', proveedor: 'Proveedor', inmueble: 'Inmueble' }

describeInBrowser('records made inside the form that asks for them', () => {
  const stage = withProduct()
  beforeEach(() => stage.product.ctx.db.formDrafts.deleteMany({}))

  /** The button under the field itself: a form may ask for two of a kind. */
  const makerOf = (form: Locator, noun: string) => form.getByRole('button', { name: `Crear Nuevo ${noun}` }).first()
  const finish = async (page: Page, window: Locator, noun: string): Promise<void> => {
    await window.getByRole('button', { name: `Crear ${noun.toLowerCase()}` }).click()
    // Without representatives it asks once.
    const goOn = window.getByRole('button', { name: 'Continuar de todos modos' })
    if (noun !== 'Inmueble') await goOn.click()
    await window.waitFor({ state: 'detached' })
    await page.getByRole('main').waitFor()
  }

  it('[FM-4-13] [FM-6-13] the forms walked here are all those of staff that ask for one', async () => {
    const asking = new Set<string>()
    for (const user of [
      'superadmin',
      'gerente.fm',
      'facility.manager',
      'planner',
      'service.desk',
      'tecnico',
      'legal',
    ]) {
      const { context } = await openPage(stage.browser, stage.product.staffUrl, { user })
      for (const one of await askedBy(context.request)) asking.add(one)
      await context.close()
    }
    expect([...asking].sort()).toEqual(askers.map(({ entity, field }) => `${entity}.${field}`).sort())
  })

  describe.each(askers)('$entity.$field', ({ entity, field, title, before, user, makes, onlyAsks }) => {
    it(`${ids[makes]}a ${makes} is ${onlyAsks ? 'asked for' : 'made'} without leaving the form`, async () => {
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, { user })
      await page.goto(`/registros/${entity}/nuevo`)
      await page.getByRole('main').getByRole('button', { name: 'Cancelar' }).waitFor()
      const main = page.getByRole('main')
      await fillForm(page, before ?? {})
      const section = sectionOf[`${entity}.${field}`]
      if (section) await fillForm(page, { [section]: {} })
      const asked = fieldOf(main, title)
      await asked.waitFor()
      const address = page.url()
      const name = `Hecho en ${entity} ${field}`
      if (onlyAsks) {
        await asked.fill(name)
        await main.getByRole('button', { name: 'Solicitar registro…' }).first().waitFor()
        expect(await makerOf(main, nouns[makes]).count()).toBe(0)
      } else {
        await asked.fill(name)
        await asked.press('Escape')
        await makerOf(main, nouns[makes]).click()
        const window = page.getByRole('dialog', { name: `Crear ${makes}` })
        await fillForm(
          page,
          made[makes](
            name,
            validRuc(
              `20770000${String(askers.findIndex((one) => one.entity === entity && one.field === field)).padStart(2, '0')}`,
            ),
          ),
          window,
        )
        await finish(page, window, nouns[makes])
        // It is chosen: by its name in the field, or as one of several beside it.
        await page.waitForFunction(
          (wanted) =>
            [...document.querySelectorAll('main input')].some((one) =>
              (one as HTMLInputElement).value.includes(wanted),
            ) || document.querySelector('main')?.textContent.includes(wanted),
          name,
        )
        const saved = await stage.product.ctx.db.records(makes).find({ label: { $regex: name } })
        expect(saved).toHaveLength(1)
      }
      expect(page.url()).toBe(address)
      expect(problems).toEqual([])
      await context.close()
    }, 120_000)
  })

  it.each(['wide', 'narrow'] as const)(
    '[FM-4-13] two deep: a client made inside a property that is made inside equipment (%s)',
    async (width) => {
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        width,
        user: 'superadmin',
      })
      await page.goto('/registros/equipo/nuevo')
      await fillForm(page, {
        'Datos Generales del Equipo': { 'Descripción del Equipo': 'Bomba de agua' },
        'Ubicación del Equipo': {},
      })
      await makerOf(page.getByRole('main'), 'Inmueble').click()
      const property = page.getByRole('dialog', { name: 'Crear inmueble' })
      await fieldOf(property, 'Nombre del Inmueble o Sede').fill(`Sede honda ${width}`)
      await fieldOf(property, 'Cliente').fill(`Cliente hondo ${width}`)
      await page.getByText('¿Desea agregar un nuevo cliente?').waitFor()
      await fieldOf(property, 'Cliente').press('Enter')
      const client = page.getByRole('dialog', { name: 'Crear cliente' })
      await fillForm(
        page,
        made.cliente(`Cliente hondo ${width}`, validRuc(width === 'wide' ? '2077000098' : '2077000099')),
        client,
      )
      await look(page, 'nested-client')
      await finish(page, client, 'Cliente')
      const chosen = (field: Locator, name: string) =>
        eventually(async () => expect(await field.inputValue()).toContain(name))
      await chosen(fieldOf(property, 'Cliente'), `Cliente hondo ${width}`)
      await fillForm(page, { 'Ubicación del Inmueble': made.inmueble('')['Ubicación del Inmueble']! }, property)
      await look(page, 'nested-property')
      await finish(page, property, 'Inmueble')
      await chosen(fieldOf(page.getByRole('main'), 'Ubicación por Sede'), `Sede honda ${width}`)
      await look(page, 'nested-equipment')
      await fillForm(page, { 'Datos Generales del Equipo': {} })
      expect(await fieldOf(page.getByRole('main'), 'Descripción del Equipo').inputValue()).toBe('Bomba de agua')
      expect(problems).toEqual([])
      await context.close()
    },
    120_000,
  )

  it('[FM-5.4.3-5] the property window inside a client refuses what the whole form refuses', async () => {
    const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, { user: 'superadmin' })
    /** Lines of the summary after a refused attempt, and once one of them is mended. */
    const refused = async (form: Locator, button: string): Promise<string[][]> => {
      const lines = form.getByRole('alert').getByRole('listitem')
      await form.getByRole('button', { name: button }).click()
      await lines.filter({ hasText: 'Departamento' }).waitFor()
      const all = await lines.allInnerTexts()
      await fillIn(fieldOf(form, 'Departamento'), { pick: 'Cusco' })
      await lines.filter({ hasText: 'Departamento' }).waitFor({ state: 'detached' })
      await form.getByRole('button', { name: button }).click()
      return [all, await lines.allInnerTexts()]
    }
    await page.goto('/registros/inmueble/nuevo')
    await fillIn(fieldOf(page.getByRole('main'), 'Cliente'), { pick: /Altamar/, typed: 'altamar' })
    const whole = await refused(page.getByRole('main'), 'Crear inmueble')
    expect(whole[0]!.length).toBeGreaterThanOrEqual(4)

    await page.goto('/registros/cliente/nuevo')
    await fillForm(page, { Inmuebles: {} })
    await page.getByRole('main').getByRole('button', { name: 'Crear Nuevo Inmueble' }).click()
    const window = page.getByRole('dialog', { name: 'Crear Nuevo Inmueble' })
    expect(await refused(window, 'Crear Nuevo Inmueble')).toEqual(whole)
    await look(page, 'property-window-refused')
    expect(problems).toEqual([])
    await context.close()
  })
})

/** `entity.field` of every form of a new record that this person may open, where he chooses a client, supplier or property. */
async function askedBy(request: APIRequestContext): Promise<string[]> {
  type Schema = Record<string, unknown> & { items?: Schema }
  interface Form {
    schema: { properties: Record<string, Schema> }
  }
  interface Entity {
    key: string
    may: { create: boolean }
    form: Form | null
    startProcess: { key: string } | null
  }
  const get = async <T>(path: string): Promise<T> => (await (await request.get(path)).json()) as T
  const all = await get<{ key: string }[]>('/api/entities')
  const asked: string[] = []
  for (const { key } of all) {
    const entity = await get<Entity>(`/api/entities/${key}`)
    const { form } = entity.startProcess
      ? await get<{ form: Form }>(`/api/processes/${entity.startProcess.key}`)
      : entity
    if (!form || !(entity.startProcess || entity.may.create)) continue
    for (const [field, schema] of Object.entries(form.schema.properties)) {
      const reference = schema['x-ref'] ?? schema.items?.['x-ref']
      const of = typeof reference === 'string' ? reference : (reference as { entity?: string } | undefined)?.entity
      if (of && of in made && !schema.readOnly && !schema['x-computed']) asked.push(`${key}.${field}`)
    }
  }
  return asked
}
