import { beforeAll, describe, expect, it } from '@jest/globals'
import { clientData, equipmentData, propertyData } from '../sampleRecords.ts'
import { walkCombinedFilters, walkFilters, type FilterRow } from '../walkFilters.ts'
import { storedRecord } from '../walkFields.ts'
import { walkPhotos } from '../walkPhotos.ts'
import { ModuleInHand } from './ModuleInHand.ts'

/** Sections 7.6, 7.8 and 7.9 of the specification through the API: photos, and how equipment is found. */
describe('the list of equipment', () => {
  let sites: [string, string]
  const module = new ModuleInHand('equipo', equipmentData)
  beforeAll(async () => {
    const client = await module.other('cliente', clientData())
    sites = [await module.other('inmueble', propertyData(client)), await module.other('inmueble', propertyData(client))]
  })

  const lima = { departamento: '15', provincia: '1501', ubicacion: 'Lima' }
  const piura = { departamento: '20', provincia: '2001', ubicacion: 'Provincias' }
  const filters: FilterRow[] = [
    { ids: 'FM-7.8-1', filter: 'codigo', title: 'Código de Equipo', value: (found) => String(found.codigo), found: {}, other: {} }, // prettier-ignore
    { ids: 'FM-7.8-2', filter: 'descripcion', title: 'Descripción del Equipo', value: 'EXTRACCION nandu', found: { descripcion: 'Extracción Ñandú' }, other: { descripcion: 'Extracción Cóndor' } }, // prettier-ignore
    { ids: 'FM-7.8-3', filter: 'tipo', title: 'Tipo de Equipo', value: 'Equipos Menores', found: { tipo: 'Equipos Menores' }, other: { tipo: 'Equipos Mayores' } }, // prettier-ignore
    { ids: 'FM-7.8-4', filter: 'marca', title: 'Marca del Equipo', value: 'greenh', found: { marca: 'Greenheck' }, other: { marca: 'ABB' } }, // prettier-ignore
    { ids: 'FM-7.8-5', filter: 'modelo', title: 'Modelo del Equipo', value: 'sq-1', found: { modelo: 'SQ-160' }, other: { modelo: 'ATS' } }, // prettier-ignore
    { ids: 'FM-7.8-6', filter: 'serie', title: 'Número de Serie', value: '160-22', found: { serie: 'GH160-2255' }, other: { serie: 'AB-1' } }, // prettier-ignore
    { ids: 'FM-7.8-7', filter: 'categoria', title: 'Categoría', value: 'saci', found: { categoria: 'saci' }, other: { categoria: 'hvac' } }, // prettier-ignore
    { ids: 'FM-7.8-8', filter: 'subcategoria', title: 'Subcategoría', value: 'detectores', found: { subcategoria: 'detectores' }, other: { subcategoria: 'tablero' } }, // prettier-ignore
    { ids: 'FM-7.8-9', filter: 'ubicacion', title: 'Ubicación', value: 'Provincias', found: piura, other: lima },
    { ids: 'FM-7.8-10', filter: 'sede', title: 'Ubicación por Sede', value: (found) => String(found.sede), get found() { return { sede: sites[0] } }, get other() { return { sede: sites[1] } } }, // prettier-ignore
    { ids: 'FM-7.8-11', filter: 'departamento', title: 'Departamento', value: '20', found: piura, other: lima },
    { ids: 'FM-7.8-12', filter: 'provincia', title: 'Provincia', value: '2001', found: piura, other: { ...piura, provincia: '2005' } }, // prettier-ignore
    { ids: 'FM-7.8-13', filter: 'ceco', title: 'Centro de Costo (CECO)', value: 'ADM01', found: { ceco: 'ADM01' }, other: { ceco: 'MTTO' } }, // prettier-ignore
    { ids: 'FM-7.8-14', filter: 'codigoQr', title: 'Código QR', value: 'LISTAQR1', found: { codigoQr: 'LISTAQR1' }, other: { codigoQr: 'OTROQR1' } }, // prettier-ignore
  ]
  walkFilters(module, filters)
  walkCombinedFilters(
    module,
    'FM-7.8-16',
    // Not the code, of which there is one anyway, nor what would stray from the province or the QR code of another.
    filters.filter(({ filter }) => !['codigo', 'ubicacion', 'departamento', 'codigoQr'].includes(filter)),
  )

  it('[FM-7-8] each variable that the specification names has its filter', async () => {
    const { list } = (await module.admin.get('/api/entities/equipo')).body
    const names = (list.filters as { name: string }[]).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining([...filters.map(({ filter }) => filter), 'precio']))
  })

  it('[FM-7.8-15] by a range of prices, both limits included, either left open', async () => {
    const marca = 'Rango'
    const made = ['99.99', '100.00', '250.00', '250.01'].map((precio) =>
      storedRecord(module, equipmentData({ marca, precio })),
    )
    await Promise.all(made)
    const prices = async (query: string): Promise<string[]> => {
      const { body } = await module.admin.get(`/api/records/equipo?filter.marca=${marca}&sort=precio&${query}`)
      return (body.items as { data: { precio: string } }[]).map(({ data }) => data.precio)
    }
    expect(await prices('filter.precio.from=100&filter.precio.to=250')).toEqual(['100.00', '250.00'])
    expect(await prices('filter.precio.to=100')).toEqual(['99.99', '100.00'])
    expect(await prices('filter.precio.from=250')).toEqual(['250.00', '250.01'])
  })

  describe('photos', () => {
    walkPhotos(module, {
      kept: 'FM-7-7 FM-7.6.1-2 FM-7.9-2',
      kinds: ['FM-7.6.1-3 FM-7.9-3', ['png', 'jpg']],
      size: 'FM-7.6.1-4 FM-7.9-4 FM-D-047',
    })
  })
})
