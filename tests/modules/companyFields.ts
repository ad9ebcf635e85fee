import type { FieldRow, Ids } from './FieldRow.ts'
import { completeAddress, freeText, noEmails } from './representativeFields.ts'

/**
 * Fields that clients and suppliers have alike: 4.1 with 4.2 and 6.1 with 6.2 say of each of them the same sentences in
 * the same order. `id`: the field's number (`FM-4.1.2`); `validation`: the sentence of the module that says it again.
 */
type Of = (section: string, id: string, validation?: string) => FieldRow

const ids = (id: string, numbers: number[], more?: string): Ids =>
  [...numbers.map((number) => `${id}-${number}`), ...(more ? [more] : [])].join(' ')

export const legalName: Of = (section, id) => ({
  field: 'razonSocial',
  title: 'Nombre Completo / Razón Social',
  section,
  has: ids(id, [1]),
  mandatory: ids(id, [2]),
  longest: [ids(id, [3]), 200],
  takes: [ids(id, [4]), freeText],
})

export const ruc: Of = (section, id, validation) => ({
  field: 'ruc',
  title: 'RUC (Registro Único de Contribuyentes)',
  section,
  has: ids(id, [1]),
  mandatory: ids(id, [2]),
  refuses: [
    ids(id, [3, 5], validation),
    '2012345678',
    '201234567890',
    '2012345678A',
    '20123 456789',
    '2012345678-',
    '+2012345678',
    ' 20123456789',
  ],
})

export const fiscalAddress: Of = (section, id) => ({
  field: 'domicilioFiscal',
  title: 'Domicilio Fiscal',
  section,
  has: ids(id, [1]),
  mandatory: ids(id, [2]),
  takes: [ids(id, [3]), completeAddress],
})

export const country: Of = (section, id) => ({
  field: 'pais',
  title: 'País',
  section,
  proposed: true,
  has: ids(id, [1]),
  mandatory: ids(id, [4]),
  catalog: [ids(id, [3]), { name: 'the countries of ISO 3166', rows: 249, among: ['Perú', 'Chile', 'Zimbabue'] }],
  dropdown: ids(id, [2]),
})

export const email: Of = (section, id, validation) => ({
  field: 'email',
  title: 'Email',
  section,
  has: ids(id, [1]),
  mandatory: ids(id, [2]),
  refuses: [ids(id, [3], validation), ...noEmails],
  takes: [ids(id, [4]), 'ejemplo@dominio.com', { send: 'Contratos@Altamar.PE', stored: 'contratos@altamar.pe' }],
})

export const telephone: Of = (section, id) => ({
  field: 'telefono',
  title: 'Teléfono',
  section,
  has: ids(id, [1]),
  mandatory: ids(id, [2]),
  refuses: [ids(id, [3]), '98765432a', 'abc', '12345', '1'.repeat(16)],
  takes: [ids(id, [4], 'FM-D-021'), '014445566', { send: '(01) 444-5566', stored: '014445566' }],
})

export const whatsapp: Of = (section, id) => ({
  field: 'whatsapp',
  title: 'WhatsApp',
  section,
  has: ids(id, [1]),
  optional: ids(id, [2]),
  refuses: [ids(id, [3]), '98765432a', 'abc', '887654321'],
  takes: [ids(id, [4]), '987654321', { send: '987 654 321', stored: '987654321' }],
})
