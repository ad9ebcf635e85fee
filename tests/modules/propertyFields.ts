import type { FieldRow } from './FieldRow.ts'
import { completeAddress, freeText } from './representativeFields.ts'

const general = 'Información General'
const place = 'Ubicación del Inmueble'

/** Section 5 of the specification: the fields of a property. */
export const propertyFields: FieldRow[] = [
  {
    field: 'codigo',
    title: 'Código de Inmueble o Sede',
    section: general,
    has: 'FM-5.1.1-2',
    given: ['FM-5.1.1-3 FM-5.1.1-4 FM-5.1.1-5', /^INM-\d{4,}$/],
  },
  {
    field: 'nombre',
    title: 'Nombre del Inmueble o Sede',
    section: general,
    has: 'FM-5.1.1-7',
    mandatory: 'FM-5.3-5',
    takes: ['FM-D-043', freeText],
    dropdown: 'FM-5.1.1-8',
    searchable: ['FM-5.1.1-10', { type: 'torre', finds: 'Torre' }],
  },
  { field: 'cliente', title: 'Cliente', section: general, mandatory: 'FM-5.4.1-2 FM-D-041' },
  {
    field: 'direccion',
    title: 'Dirección del Inmueble o Sede',
    section: place,
    has: 'FM-5.1.2-2',
    mandatory: 'FM-5.1.2-3 FM-5.3-6',
    takes: ['FM-5.1.2-4', completeAddress],
  },
  {
    field: 'ubicacion',
    title: 'Ubicación',
    section: place,
    proposed: true,
    has: 'FM-5.1.2-5',
    mandatory: 'FM-5.3-7',
    offers: ['FM-5.1.2-7', ['Lima', 'Provincias']],
    dropdown: 'FM-5.1.2-6',
  },
  {
    field: 'zona',
    title: 'Zona Geográfica',
    section: place,
    has: 'FM-5.1.2-8',
    offers: ['FM-5.1.2-10', ['Zona Norte', 'Zona Sur', 'Zona Centro', 'Zona Oriente']],
    dropdown: 'FM-5.1.2-9',
  },
  {
    field: 'departamento',
    title: 'Departamento',
    section: place,
    has: 'FM-5.1.2-11',
    mandatory: 'FM-5.3-8',
    catalog: ['FM-5.1.2-13', { name: 'the departments of Peru', rows: 25, among: ['Lima', 'Áncash', 'Callao'] }],
    dropdown: 'FM-5.1.2-12',
    searchable: ['FM-5.1.2-14', { type: 'huanu', finds: 'Huánuco' }],
  },
  {
    field: 'provincia',
    title: 'Provincia',
    section: place,
    has: 'FM-5.1.2-15',
    mandatory: 'FM-5.3-9',
    catalog: ['FM-5.1.2-17', { name: 'the provinces of Peru', rows: 196, among: ['Lima', 'Cañete', 'Chiclayo'] }],
    within: [
      'FM-5.1.2-18 FM-5.3-11',
      {
        fits: { departamento: '15', provincia: '1505', distrito: undefined },
        strays: { departamento: '15', provincia: '1401', distrito: undefined },
      },
    ],
    dropdown: 'FM-5.1.2-16',
    narrowed: ['FM-5.1.2-18', { by: 'Departamento', chosen: 'Lima', offers: 'Cañete', hides: 'Chiclayo' }],
    searchable: ['FM-5.1.2-19', { type: 'canete', finds: 'Cañete' }],
  },
  { field: 'distrito', title: 'Distrito', section: place, has: 'FM-D-046', optional: 'FM-D-046' },
  {
    field: 'pais',
    title: 'País',
    section: place,
    has: 'FM-5.1.2-20',
    preset: ['FM-5.1.2-22 FM-5.1.2-23 FM-5.3-10', 'PE'],
    dropdown: 'FM-5.1.2-21',
  },
  { field: 'fotos', title: 'Fotos del Inmueble o Sede', section: 'Fotos del Inmueble', has: 'FM-5.1.3-1', optional: 'FM-D-048' }, // prettier-ignore
]
