import { country, email, fiscalAddress, legalName, ruc, telephone, whatsapp } from './companyFields.ts'
import type { FieldRow } from './FieldRow.ts'
import { completeAddress, personFields } from './representativeFields.ts'

const general = 'Datos Generales del Proveedor'
const contact = 'Información de Ubicación y Contacto'
const coverage = 'Zona de Cobertura'
const departments = { name: 'the departments of Peru', rows: 25, among: ['Lima', 'Áncash', 'Callao'] }

/** Section 6 of the specification: the fields of a supplier, its representatives and its coverage. */
export const supplierFields: FieldRow[] = [
  {
    field: 'codigo',
    title: 'Código de Proveedor',
    section: general,
    has: 'FM-6.1.1-1',
    given: ['FM-6-3 FM-6.1.1-2 FM-6.1.1-3 FM-6.1.1-5', /^\d{11}$/],
  },
  {
    ...legalName(general, 'FM-6.1.2'),
    dropdown: 'FM-6.1.2-5',
    searchable: ['FM-6.1.2-6', { type: 'climatec', finds: 'Climatec' }],
  },
  { ...ruc(general, 'FM-6.1.3', 'FM-6.7-2'), dropdown: 'FM-6.1.3-6' },
  fiscalAddress(general, 'FM-6.1.4'),
  {
    field: 'tipoProveedor',
    title: 'Tipo de Proveedor',
    section: general,
    has: 'FM-6.1.5-1',
    mandatory: 'FM-D-030',
    offers: ['FM-6.1.5-3 FM-6-5', ['Público', 'Privado']],
    dropdown: 'FM-6.1.5-2',
  },
  {
    field: 'procedencia',
    title: 'Nacional / Extranjero',
    section: general,
    has: 'FM-6.1.6-1',
    mandatory: 'FM-D-030',
    offers: ['FM-6.1.6-3 FM-6-6', ['Nacional', 'Extranjero']],
    dropdown: 'FM-6.1.6-2',
  },
  country(general, 'FM-6.1.7'),
  {
    field: 'direccion',
    title: 'Dirección del Proveedor',
    section: contact,
    has: 'FM-6.2.1-1',
    mandatory: 'FM-6.2.1-2',
    takes: ['FM-6.2.1-3', completeAddress],
  },
  {
    field: 'ubicacion',
    title: 'Ubicación',
    section: contact,
    proposed: true,
    has: 'FM-6.2.2-1',
    mandatory: 'FM-D-030',
    offers: ['FM-6.2.2-3', ['Lima', 'Provincias']],
    dropdown: 'FM-6.2.2-2',
  },
  {
    field: 'departamento',
    title: 'Departamento',
    section: contact,
    has: 'FM-6.2.3-1',
    mandatory: 'FM-D-030',
    catalog: ['FM-6.2.3-3', departments],
    takes: ['FM-6.2.3-4', '15', '04'],
    dropdown: 'FM-6.2.3-2',
    searchable: ['FM-6.2.3-5', { type: 'huanu', finds: 'Huánuco' }],
  },
  email(contact, 'FM-6.2.4', 'FM-6.7-3'),
  telephone(contact, 'FM-6.2.5'),
  whatsapp(contact, 'FM-6.2.6'),
  ...personFields('FM-6.3-', 'FM-6.7-3', 'Representantes del Proveedor', (name) => `representantes.${name}`),
  {
    field: 'cobertura.departamento',
    title: 'Departamento',
    section: coverage,
    has: 'FM-6.4.1-1',
    catalog: ['FM-6.4.1-3', departments],
  },
  {
    field: 'cobertura.provincias',
    title: 'Provincia',
    section: coverage,
    has: 'FM-6.4.2-1',
    takes: ['FM-6.4.2-5', ['1501', '1505']],
    catalog: ['FM-6.4.2-3', { name: 'the provinces of Peru', rows: 196, among: ['Lima', 'Cañete'] }],
    within: [
      'FM-6.4.2-4',
      {
        fits: { cobertura: [{ departamento: '15', provincias: ['1505'] }] },
        strays: { cobertura: [{ departamento: '15', provincias: ['1401'] }] },
      },
    ],
  },
  {
    field: 'cobertura.distritos',
    title: 'Distrito',
    section: coverage,
    has: 'FM-6.4.3-1',
    takes: ['FM-6.4.3-5', ['150122', '150131']],
    catalog: ['FM-6.4.3-3', { name: 'the districts of Peru', rows: 1891, among: ['Miraflores', 'San Isidro'] }],
    within: [
      'FM-6.4.3-4',
      {
        fits: { cobertura: [{ departamento: '15', provincias: ['1501', '1505'], distritos: ['150122', '150501'] }] },
        strays: { cobertura: [{ departamento: '15', provincias: ['1501'], distritos: ['150501'] }] },
      },
    ],
  },
  {
    field: 'emergencia24x7',
    title: 'Atienden servicios de emergencia 24 x 7',
    section: 'Servicios de Emergencia',
    has: 'FM-6.5-1 FM-6.5.1-1',
    takes: ['FM-6.5.1-3', true, false],
    preset: ['FM-D-050', false],
    checkbox: 'FM-6.5.1-2',
  },
]
