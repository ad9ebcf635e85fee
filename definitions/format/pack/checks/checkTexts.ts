import type { FormSchema } from '#forms'
import type { Finding } from '../../types.ts'
import { propertiesOf, type CheckInput } from '../CheckInput.ts'
import { errorAt } from '../finding.ts'

/** Words of the machinery that nobody should read on screen. */
const engineWords = /\b(instancias?|entidad(es)?|incidentes?|FEEL|payload|workflow|BPMN)\b/i
const shownKeys = new Set([
  'title',
  'description',
  'help',
  'message',
  'submit',
  'x-title-plural',
  'x-public-title',
  'x-unit',
])

/** Fields without a title, and texts with words of the machinery. */
export function checkTexts({ pack }: CheckInput): Finding[] {
  const findings: Finding[] = []
  const documents: [string, unknown][] = [
    ...Object.entries(pack.entities).map(([key, entity]): [string, unknown] => [`entities/${key}.json`, entity]),
    ...Object.entries(pack.forms).map(([key, form]): [string, unknown] => [`forms/${key}.json`, form]),
    ...Object.entries(pack.views).map(([key, view]): [string, unknown] => [`views/${key}.json`, view]),
    ['pack.json', pack.manifest],
  ]
  for (const [file, document] of documents) {
    const schema = file === 'pack.json' ? (pack.manifest.settings ?? {}) : document
    for (const { at, name, schema: property } of propertiesOf(
      schema as FormSchema,
      file === 'pack.json' ? '/settings' : '',
    )) {
      if (!property.title) findings.push(errorAt('text', file, at, `«${name}» no tiene título`, 'Añada "title"'))
    }
    for (const { at, text } of shownTexts(document)) {
      const word = engineWords.exec(text)?.[0]
      if (word)
        findings.push(
          errorAt(
            'text',
            file,
            at,
            `«${word}» no es una palabra para quien usa el sistema`,
            'Diga lo que es: contrato, tarea, problema, regla',
          ),
        )
    }
  }
  for (const [key, { subject, body }] of Object.entries(pack.templates)) {
    const word = engineWords.exec(`${subject}\n${body}`)?.[0]
    if (word)
      findings.push(
        errorAt('text', `templates/${key}.hbs`, '', `«${word}» no es una palabra para quien recibe el aviso`),
      )
  }
  return findings
}

function shownTexts(node: unknown, at = ''): { at: string; text: string }[] {
  if (node === null || typeof node !== 'object') return []
  return Object.entries(node).flatMap(([key, value]) => {
    const place = `${at}/${key}`
    return typeof value === 'string'
      ? shownKeys.has(key)
        ? [{ at: place, text: value }]
        : []
      : shownTexts(value, place)
  })
}
