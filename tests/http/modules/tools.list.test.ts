import { beforeAll, describe, expect, it } from '@jest/globals'
import { clientData, propertyData, toolData } from '../sampleRecords.ts'
import { storedRecord } from '../walkFields.ts'
import { walkCombinedFilters, walkFilters, type FilterRow } from '../walkFilters.ts'
import { walkPhotos } from '../walkPhotos.ts'
import { ModuleInHand } from './ModuleInHand.ts'

/** Sections 8.7 to 8.10 of the specification through the API: the initial catalogue, files, how tools are found. */
describe('the list of tools', () => {
  let clients: [string, string]
  let sites: [string, string]
  const module = new ModuleInHand('herramienta', toolData)
  beforeAll(async () => {
    const { other } = module
    clients = [await other('cliente', clientData()), await other('cliente', clientData())]
    sites = [await other('inmueble', propertyData(clients[0])), await other('inmueble', propertyData(clients[1]))]
  })

  describe('the initial catalogue', () => {
    const rows: [string, string, string, string, string, string][] = [
      ['FM-8.8-3', 'H01', 'H', 'Set de Alicates dieléctricos', 'Stanley', 'Und'],
      ['FM-8.8-4', 'H02', 'H', 'Set de alicates dieléctricos Universal, punta, corte', 'Stanley', 'Und'],
      ['FM-8.8-5', 'H03', 'H', 'Wincha métrica', 'Stanley', 'Und'],
      ['FM-8.8-6', 'H04', 'H', 'Martillo mango de goma', 'Stanley', 'Und'],
      ['FM-8.8-7', 'H05', 'H', 'Llave francesa de 8"', 'Stanley', 'Und'],
      ['FM-8.8-8', 'H06', 'H', 'Llave stilson de 10"', 'Stanley', 'Und'],
      ['FM-8.8-9', 'H07', 'H', 'Set de brocas para madera', 'Stanley', 'Und'],
      ['FM-8.8-10', 'H08', 'H', 'Set de brocas para fierro', 'Stanley', 'Und'],
      ['FM-8.8-11', 'H09', 'H', 'Set de brocas para concreto', 'Stanley', 'Und'],
      ['FM-8.8-12', 'H10', 'H', 'Nivel profesional', 'Stanley', 'Und'],
      ['FM-8.8-13', 'H11', 'H', 'Cúter retráctil con seguro', 'Stanley', 'Und'],
      ['FM-8.8-14', 'I01', 'I', 'Pinza amperimétrica de 1000 Vac', 'Fluker', 'Und'],
      ['FM-8.8-15', 'I02', 'I', 'Pirómetro digital láser', 'Kusites', 'Und'],
      ['FM-8.8-16', 'I03', 'I', 'Taladro eléctrico', 'Bosch', 'Und'],
      ['FM-8.8-17', 'I04', 'I', 'Taladro atornillador con batería', 'Bosch', 'Und'],
      ['FM-8.8-18', 'S01', 'S', 'Cinta aislante', '3M', 'Und'],
      ['FM-8.8-19', 'S02', 'S', 'Paquete de cintillos', 'Nacional', 'Pqt'],
      ['FM-8.8-20', 'S03', 'S', 'Tarugos de PVC', 'Nacional', 'Pqt'],
    ]
    it.each(rows)('[%s] has %s', async (_, codigo, tipo, descripcion, marca, unidad) => {
      const { items } = (await module.admin.get(`/api/records/herramienta?status=incomplete&filter.codigo=${codigo}`))
        .body
      const data = { codigo, tipo, descripcion, marca, asignadoA: 'Técnico', unidad, cantidad: '1.00' }
      expect(items).toMatchObject([{ data, incomplete: true }])
    })

    it('[FM-8.8-1] [FM-8.8-2] is there from the start, eighteen rows with their seven columns', async () => {
      const { items, total } = (await module.admin.get('/api/records/herramienta?status=incomplete&size=50')).body
      expect(total).toBe(18)
      const columns = ['codigo', 'tipo', 'descripcion', 'marca', 'asignadoA', 'unidad', 'cantidad']
      for (const { data } of items) expect(Object.keys(data)).toEqual(expect.arrayContaining(columns))
    })

    it('[FM-8.2-4] [FM-D-067] new codes go on at H12, I05 and S04', async () => {
      const made = await module.product.ctx.db.records('herramienta').find({ incomplete: { $ne: true } })
      const codes = made.map(({ data }) => String(data.codigo)).sort()
      for (const first of ['H12', 'I05', 'S04']) expect(codes.find((code) => code.startsWith(first.charAt(0)))).toBe(first) // prettier-ignore
    })

    it('[FM-D-067] the first edit asks for all that is mandatory', async () => {
      const { items } = (await module.admin.get('/api/records/herramienta?status=incomplete&filter.codigo=H03')).body
      const { id, revision } = items[0]
      const edit = (data: object) =>
        module.admin.patch(
          `/api/records/herramienta/${id}`,
          { data, warned: true },
          { headers: { 'if-match': `${revision}` } },
        )
      const refused = await edit({ marca: 'Bosch' })
      const paths = refused.body.issues.map(({ path }: { path: string }) => path)
      expect(paths).toEqual(expect.arrayContaining(['fechaCompra', 'ceco', 'precio', 'tecnico']))
      const all = { asignadoA: 'Almacén', almacen: 'central', fechaCompra: '2026-01-15', ceco: 'MTTO', precio: '20.00' }
      const completed = await edit({ ...all, pais: 'PE', moneda: 'PEN' })
      expect(completed.body).toMatchObject({ incomplete: false, data: { codigo: 'H03', precioTotal: '23.60' } })
    })
  })

  describe('filters', () => {
    const lima = { departamento: '15', distrito: '150122' }
    const piura = { departamento: '20', distrito: '200101' }
    const filters: FilterRow[] = [
      { ids: 'FM-8.9-1', filter: 'codigo', title: 'Código de Herramienta', value: (found) => String(found.codigo), found: {}, other: {} }, // prettier-ignore
      { ids: 'FM-8.9-2', filter: 'descripcion', title: 'Descripción', value: 'PIROMETRO nandu', found: { descripcion: 'Pirómetro Ñandú' }, other: { descripcion: 'Pirómetro' } }, // prettier-ignore
      { ids: 'FM-8.9-3', filter: 'tipo', title: 'Tipo de Herramienta', value: 'S', found: { tipo: 'S' }, other: { tipo: 'H' } }, // prettier-ignore
      { ids: 'FM-8.9-4', filter: 'marca', title: 'Marca', value: 'makit', found: { marca: 'Makita' }, other: { marca: 'Truper' } }, // prettier-ignore
      { ids: 'FM-8.9-5', filter: 'serie', title: 'Número de Serie', value: '160-22', found: { serie: 'GH160-2255' }, other: { serie: 'AB-1' } }, // prettier-ignore
      { ids: 'FM-8.9-7', filter: 'cliente', title: 'Cliente asociado', value: (found) => String(found.cliente), get found() { return { cliente: clients[0] } }, get other() { return { cliente: clients[1] } } }, // prettier-ignore
      { ids: 'FM-8.9-8', filter: 'sede', title: 'Sede asociada', value: (found) => String(found.sede), get found() { return { sede: sites[0] } }, get other() { return { sede: sites[1] } } }, // prettier-ignore
      { ids: 'FM-8.9-9', filter: 'departamento', title: 'Departamento', value: '20', found: piura, other: lima },
      { ids: 'FM-8.9-10', filter: 'distrito', title: 'Distrito', value: '200101', found: piura, other: lima },
      { ids: 'FM-8.9-11', filter: 'ceco', title: 'Centro de Costo (CECO)', value: 'ADM01', found: { ceco: 'ADM01' }, other: { ceco: 'MTTO' } }, // prettier-ignore
      { ids: 'FM-8.9-12', filter: 'codigoQr', title: 'Código QR', value: 'LISTAQR2', found: { codigoQr: 'LISTAQR2' }, other: { codigoQr: 'OTROQR2' } }, // prettier-ignore
    ]
    walkFilters(module, filters)
    walkCombinedFilters(
      module,
      'FM-8.9-15',
      // Not the code, of which there is one anyway, nor what would stray from the district or the site, nor the QR code of another.
      filters.filter(({ filter }) => !['codigo', 'departamento', 'cliente', 'codigoQr'].includes(filter)),
    )

    it('[FM-8-10] each variable that the specification names has its filter', async () => {
      const { list } = (await module.admin.get('/api/entities/herramienta')).body
      const names = (list.filters as { name: string }[]).map(({ name }) => name)
      const others = ['asignadoA', 'tecnico', 'almacen', 'fechaCompra', 'precio']
      expect(names).toEqual(expect.arrayContaining([...filters.map(({ filter }) => filter), ...others]))
    })

    const found = async (query: string): Promise<string[]> =>
      (await module.admin.get(`/api/records/herramienta?${query}`)).body.items.map(({ id }: { id: string }) => id)

    it('[FM-8.9-6] by whom it is assigned to, a technician or a warehouse, and which', async () => {
      const tecnico = (await module.admin.get('/api/records/usuario?for=herramienta.tecnico')).body.items[0]
        .id as string
      const held = await storedRecord(module, toolData({ asignadoA: 'Técnico', tecnico, almacen: undefined }))
      const kept = await storedRecord(module, toolData())
      for (const query of ['filter.asignadoA=T%C3%A9cnico', `filter.tecnico=${tecnico}`]) {
        expect(await found(`${query}&size=200`)).toContain(held.id)
        expect(await found(`${query}&size=200`)).not.toContain(kept.id)
      }
      for (const query of ['filter.asignadoA=Almac%C3%A9n', 'filter.almacen=central']) {
        expect(await found(`${query}&size=200`)).toContain(kept.id)
        expect(await found(`${query}&size=200`)).not.toContain(held.id)
      }
    })

    it('[FM-8.9-13] [FM-8.9-14] by the date of purchase and by a range of prices, limits included', async () => {
      const marca = 'Rango'
      const made: string[] = []
      for (const [fechaCompra, precio] of [
        ['2025-03-09', '99.99'],
        ['2025-03-10', '100.00'],
        ['2025-03-20', '250.00'],
        ['2025-03-21', '250.01'],
      ])
        made.push((await storedRecord(module, toolData({ marca, fechaCompra, precio }))).id)
      const inside = made.slice(1, 3)
      const days = 'filter.fechaCompra.from=2025-03-10&filter.fechaCompra.to=2025-03-20'
      expect(await found(`filter.marca=${marca}&sort=codigo&${days}`)).toEqual(inside)
      const prices = 'filter.precio.from=100&filter.precio.to=250'
      expect(await found(`filter.marca=${marca}&sort=codigo&${prices}`)).toEqual(inside)
    })
  })

  describe('files', () => {
    walkPhotos(module, {
      kept: 'FM-8-9 FM-8.7-2 FM-8.10-2',
      kinds: ['FM-8.7-3 FM-8.10-3', ['png', 'jpg', 'pdf']],
      size: 'FM-8.7-4 FM-8.10-4 FM-D-047',
    })
  })
})
