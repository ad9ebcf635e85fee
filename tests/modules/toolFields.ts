import type { FieldRow } from './FieldRow.ts'
import { freeText } from './representativeFields.ts'

const general = 'Datos Generales'
const assignment = 'Asignación'
const administration = 'Información Administrativa'
const place = 'Ubicación Geográfica'
const finance = 'Información Financiera'

/** Section 8 of the specification: the fields of a tool. */
export const toolFields: FieldRow[] = [
  {
    field: 'codigo',
    title: 'Código de Herramienta',
    section: general,
    has: 'FM-8.2-1',
    given: ['FM-8.2-2 FM-8.2-3 FM-8.2-5 FM-8.10-5', /^H\d{2,}$/],
  },
  {
    field: 'descripcion',
    title: 'Descripción',
    section: general,
    has: 'FM-8.2-7',
    mandatory: 'FM-8.2-8 FM-8.10-6',
    longest: ['FM-8.2-9', 2000],
    takes: ['FM-8.2-10', freeText, 'Llave francesa de 8"'],
  },
  {
    field: 'tipo',
    title: 'Tipo de Herramienta',
    section: general,
    has: 'FM-8.2-11',
    mandatory: 'FM-8.10-7',
    offers: ['FM-8.1-1 FM-8.2-13', ['Herramienta', 'Instrumento', 'Suministros']],
    dropdown: 'FM-8.2-12',
  },
  {
    field: 'marca',
    title: 'Marca',
    section: general,
    has: 'FM-8.2-15',
    mandatory: 'FM-8.2-16 FM-8.10-8',
    takes: ['FM-8.2-17 FM-8.2-18', 'Stanley', 'Bosch', '3M', 'Fluker', freeText],
  },
  {
    field: 'serie',
    title: 'Número de Serie',
    section: general,
    has: 'FM-8.2-19',
    optional: 'FM-8.2-21',
    takes: ['FM-8.2-20', 'GSB161178', '00017', { send: 'wr8-2207', stored: 'WR8-2207' }],
  },
  {
    field: 'unidad',
    title: 'Unidad de Medida',
    section: general,
    has: 'FM-8.2-22',
    catalog: ['FM-8.2-24 FM-D-063', { name: 'the units', rows: 8, among: ['Und (Unidad)', 'Pqt (Paquete)', 'Set'] }],
    dropdown: 'FM-8.2-23',
  },
  {
    field: 'cantidad',
    title: 'Cantidad',
    section: general,
    has: 'FM-8.2-25',
    takes: ['FM-8.2-27', '1.00', '24.00'],
    refuses: ['FM-8.2-26 FM-8.10-16', 'dos', '2 cajas', '0.00', '-1.00'],
  },
  {
    field: 'asignadoA',
    title: 'Asignado a',
    section: assignment,
    has: 'FM-8.3-1',
    mandatory: 'FM-8.10-9',
    offers: ['FM-D-064', ['Técnico', 'Almacén']],
    dropdown: 'FM-8.3-2',
  },
  {
    field: 'ubicacionEspecifica',
    title: 'Ubicación específica dentro de la sede',
    section: assignment,
    takes: ['FM-8.3-8', 'Cuarto de tableros, sótano 1'],
  },
  {
    field: 'fechaCompra',
    title: 'Fecha de Compra',
    section: administration,
    has: 'FM-8.4-1',
    mandatory: 'FM-8.4-4 FM-8.10-10',
  },
  {
    field: 'ceco',
    title: 'Centro de Costo (CECO)',
    section: administration,
    has: 'FM-8.4-5',
    mandatory: 'FM-8.4-6 FM-8.4-8 FM-8.10-11',
    takes: ['FM-8.4-7', 'MTTO', '001', 'AG100', { send: 'fm01', stored: 'FM01' }],
  },
  {
    field: 'codigoQr',
    title: 'Código QR',
    section: administration,
    has: 'FM-8.4-9',
    optional: 'FM-D-058',
    takes: ['FM-8.4-10', 'T4M8K2XZ', 'abcd', '123456'],
    refuses: ['FM-D-058', 'con espacio', 'A'.repeat(101)],
  },
  {
    field: 'departamento',
    title: 'Departamento',
    section: place,
    has: 'FM-8.5-1',
    catalog: ['FM-8.5-3', { name: 'the departments of Peru', rows: 25, among: ['Lima', 'Áncash', 'Callao'] }],
    dropdown: 'FM-8.5-2',
  },
  {
    field: 'distrito',
    title: 'Distrito',
    section: place,
    has: 'FM-8.5-4',
    catalog: ['FM-8.5-6', { name: 'the districts of Peru', rows: 1891, among: ['Miraflores', 'San Isidro'] }],
    within: [
      'FM-8.5-7 FM-D-065',
      { fits: { departamento: '15', distrito: '150122' }, strays: { departamento: '14', distrito: '150122' } },
    ],
    dropdown: 'FM-8.5-5',
  },
  {
    field: 'pais',
    title: 'País',
    section: place,
    has: 'FM-8.5-8',
    preset: ['FM-8.5-10', 'PE'],
    dropdown: 'FM-8.5-9',
  },
  {
    field: 'precio',
    title: 'Precio sin IGV',
    section: finance,
    has: 'FM-8.6-1',
    mandatory: 'FM-8.6-2 FM-8.10-12',
    takes: ['FM-8.6-3', '50.00', '0.01', '459.90'],
    refuses: ['FM-8.10-13', '0.00', '-1.00', '-0.01'],
  },
  { field: 'igv', title: 'IGV', section: finance, has: 'FM-8.6-5' },
  { field: 'precioTotal', title: 'Precio con IGV', section: finance, has: 'FM-8.6-9' },
  { field: 'fotos', title: 'Fotos de Herramienta', section: 'Fotografías', has: 'FM-8.7-1', optional: 'FM-D-066' },
]
