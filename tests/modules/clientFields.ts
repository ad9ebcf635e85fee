import { country, email, fiscalAddress, legalName, ruc, telephone, whatsapp } from './companyFields.ts'
import type { FieldRow } from './FieldRow.ts'
import { completeAddress, freeText, personFields } from './representativeFields.ts'

const general = 'Datos Generales del Cliente'
const contact = 'Información de Contacto'
const branches = 'Sucursales del Cliente'

/** Section 4 of the specification: the fields of a client, its representatives and its branches. */
export const clientFields: FieldRow[] = [
  {
    field: 'codigo',
    title: 'Código de Cliente',
    section: general,
    has: 'FM-4.1.1-1',
    given: ['FM-4-3 FM-4.1.1-2 FM-4.1.1-3 FM-4.1.1-5 FM-4.6-5', /^\d{11}-T\d+$/],
  },
  legalName(general, 'FM-4.1.2'),
  ruc(general, 'FM-4.1.3', 'FM-4.7-2'),
  fiscalAddress(general, 'FM-4.1.4'),
  {
    field: 'tipoCliente',
    title: 'Tipo de Cliente',
    section: general,
    has: 'FM-4.1.5-1',
    mandatory: 'FM-D-030',
    offers: ['FM-4.1.5-3 FM-4-5', ['Público', 'Privado']],
    dropdown: 'FM-4.1.5-2',
  },
  {
    field: 'ceco',
    title: 'CECO (Centro de Costos)',
    section: general,
    has: 'FM-4.1.6-1',
    mandatory: 'FM-4.1.6-2 FM-4.7-5',
    takes: ['FM-4.1.6-3', '001', '00A7', { send: '007a', stored: '007A' }],
    refuses: ['FM-D-033', 'A-1', 'A 1', 'A'.repeat(21)],
  },
  {
    field: 'clasificacion',
    title: 'Clasificación: Interno o Externo',
    section: general,
    has: 'FM-4.1.7-1',
    mandatory: 'FM-D-030',
    offers: ['FM-4.1.7-3 FM-4-6', ['Interno', 'Externo']],
    dropdown: 'FM-4.1.7-2',
  },
  {
    field: 'procedencia',
    title: 'Nacional / Extranjero',
    section: general,
    has: 'FM-4.1.8-1',
    mandatory: 'FM-D-030',
    offers: ['FM-4.1.8-3 FM-4-7', ['Nacional', 'Extranjero']],
    dropdown: 'FM-4.1.8-2',
  },
  country(general, 'FM-4.1.9'),
  email(contact, 'FM-4.2.1', 'FM-4.7-3'),
  telephone(contact, 'FM-4.2.2'),
  whatsapp(contact, 'FM-4.2.3'),
  ...personFields('FM-4.3-', 'FM-4.7-3', 'Representantes del Cliente', (name) => `representantes.${name}`),
  {
    field: 'sucursales.direccion',
    title: 'Dirección',
    section: branches,
    has: 'FM-4.5-2',
    mandatory: 'FM-4.5-3',
    takes: ['FM-4.5-4 FM-4.5-5', completeAddress, freeText],
  },
  { field: 'sucursales.principal', title: 'Sucursal Principal', section: branches, has: 'FM-4.5-6' },
]
