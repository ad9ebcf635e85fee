import type { FieldRow } from './FieldRow.ts'

/** E-mails that are none: no @, nothing before or behind it, a blank, a domain without a dot, two @. */
export const noEmails = ['ejemplo', 'ejemplo@', '@dominio.com', 'a b@dominio.com', 'ejemplo@dominio', 'a@b@dominio.com']
/** A text with what people really write. */
export const freeText = 'Ñandú & Cía. «Los Ángeles» (2.ª etapa), n.º 5 / 100 %'
export const completeAddress = 'Av. Circunvalación del Golf Los Incas 208, oficina 1102, Santiago de Surco, Lima 15023'

/**
 * The four columns of a representative, or the four fields of a user: 4.3, 4.4 and 6.3 list the same seventeen
 * sentences in the same order. `prefix`: `FM-4.3-`; `emails`: the sentence of the module about all its e-mails.
 */
export function personFields(
  prefix: string,
  emails: string,
  section: string,
  path: (name: 'nombre' | 'correo' | 'celular' | 'cargo') => string,
): FieldRow[] {
  const id = (number: number): string => `${prefix}${number}`
  return [
    {
      field: path('nombre'),
      title: 'Nombre Completo',
      section,
      has: id(2),
      mandatory: id(3),
      takes: [`${id(4)} ${id(5)}`, freeText, 'María del Carmen Ñahui Quispe'],
    },
    {
      field: path('correo'),
      title: 'Correo Electrónico',
      section,
      has: id(6),
      mandatory: id(7),
      refuses: [`${id(8)} ${id(9)} ${emails}`, ...noEmails],
    },
    {
      field: path('celular'),
      title: 'Celular',
      section,
      has: id(10),
      mandatory: id(11),
      refuses: [id(12), '98765432a', 'celular', '12345'],
      takes: [id(13), '987654321', { send: '987 654-321', stored: '987654321' }, '+56987654321'],
    },
    {
      field: path('cargo'),
      title: 'Cargo',
      section,
      has: id(14),
      mandatory: id(15),
      takes: [`${id(16)} ${id(17)}`, freeText, 'Jefa de Infraestructura'],
    },
  ]
}
