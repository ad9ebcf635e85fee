import { describe } from '@jest/globals'
import { supplierData } from '../sampleRecords.ts'
import { walkCombinedFilters, walkFilters, type FilterRow } from '../walkFilters.ts'
import { ModuleInHand } from './ModuleInHand.ts'

/** Section 6.6 of the specification through the API: how suppliers are found. */
describe('the list of suppliers', () => {
  const module = new ModuleInHand('proveedor', supplierData)

  const lima = { departamento: '15', ubicacion: 'Lima' }
  const piura = { departamento: '20', ubicacion: 'Provincias' }
  const filters: FilterRow[] = [
    { ids: 'FM-6.6-1', filter: 'ruc', title: 'RUC (Registro Único de Contribuyentes)', value: (found) => String(found.ruc).slice(2), found: {}, other: {} }, // prettier-ignore
    { ids: 'FM-6.6-2', filter: 'razonSocial', title: 'Nombre Completo / Razón Social', value: 'CLIMAS nandu', found: { razonSocial: 'Climas Ñandú S.A.C.' }, other: { razonSocial: 'Climas Cóndor S.A.C.' } }, // prettier-ignore
    { ids: 'FM-6.6-3', filter: 'codigo', title: 'Código de Proveedor', value: (found) => String(found.codigo).slice(2), found: {}, other: {} }, // prettier-ignore
    { ids: 'FM-6.6-4', filter: 'tipoProveedor', title: 'Tipo de Proveedor', value: 'Público', found: { tipoProveedor: 'Público' }, other: { tipoProveedor: 'Privado' } }, // prettier-ignore
    { ids: 'FM-6.6-5', filter: 'ubicacion', title: 'Ubicación', value: 'Provincias', found: piura, other: lima },
    { ids: 'FM-6.6-6', filter: 'departamento', title: 'Departamento', value: '20', found: piura, other: lima },
    { ids: 'FM-6.6-8', filter: 'emergencia24x7', title: 'Atienden servicios de emergencia 24 x 7', value: 'true', found: { emergencia24x7: true }, other: { emergencia24x7: false } }, // prettier-ignore
  ]
  walkFilters(module, filters)
  walkCombinedFilters(
    module,
    'FM-6.6-9',
    filters.filter(({ filter }) => ['razonSocial', 'tipoProveedor', 'ubicacion', 'emergencia24x7'].includes(filter)),
  )
})
