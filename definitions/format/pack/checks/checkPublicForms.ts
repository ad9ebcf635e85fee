import type { FormSchema } from '#forms'
import type { Finding } from '../../types.ts'
import type { CheckInput } from '../CheckInput.ts'
import { errorAt } from '../finding.ts'
import { fieldOfUse } from '../namesIn.ts'

/** A longer answer of a stranger is none. */
const longest = 2000
/** What would tell a stranger something of the data, or let him leave files or other things here. */
const telling: Record<string, string> = {
  'x-ref': 'busca en los registros',
  'x-catalog': 'muestra un catálogo',
  'x-file': 'recibe archivos',
  'x-unique': 'dice si un valor ya existe',
  'x-table': 'recibe una lista',
  'x-lookup': 'consulta datos',
  'x-suggest': 'muestra valores existentes',
}

/**
 * Forms that anybody may send without a session: nothing in them may tell what the system knows, set what only staff
 * decide, or take more than a few words.
 */
export function checkPublicForms(input: CheckInput): Finding[] {
  const findings: Finding[] = []
  for (const [key, process] of Object.entries(input.processes)) {
    for (const node of process.nodes) {
      if (!node.public) continue
      const at = (message: string, cure: string) =>
        findings.push(errorAt('public-form', `processes/${key}.bpmn`, node.id, message, cure))
      if (node.parent !== null || process.startOn === 'call')
        at('Solo el inicio del proceso puede ser público', 'Quite wf:publicForm de este inicio')
      if (!['staff', 'portal'].includes(node.public.front))
        at(`No existe el sitio «${node.public.front}»`, 'Use wf:publicFront="portal" o "staff"')
      for (const [name, schema] of fieldsOf(input, node.public.form))
        for (const { message, cure } of problemsOf(schema))
          at(`El campo «${name}» del formulario público ${message}`, cure)
    }
  }
  return findings
}

function fieldsOf({ pack }: CheckInput, form: string): [string, FormSchema][] {
  const definition = pack.forms[form]
  if (!definition) return []
  const entity = pack.entities[definition.entity ?? '']?.properties ?? {}
  const uses = [...(definition.sections ?? []).flatMap(({ fields }) => fields), ...(definition.fields ?? [])]
  return uses.map((use) => {
    const name = fieldOfUse(use)
    return [name, definition.properties?.[name] ?? entity[name] ?? {}]
  })
}

function problemsOf(schema: FormSchema): { message: string; cure: string }[] {
  const told = Object.entries(telling)
    .filter(([annotation]) => schema[annotation] !== undefined)
    .map(([, what]) => ({ message: what, cure: 'Pídalo después, a quien ya ingresó' }))
  // `facts.outcome` is the button pressed; every other fact is read off the records.
  if (/\bfacts\.(?!outcome\b)/.test(JSON.stringify(schema)))
    told.push({ message: 'depende de otros registros', cure: 'Quite «facts» de sus expresiones' })
  const isText =
    schema.type === 'string' && !schema.enum && !schema.oneOf && !['date', 'date-time'].includes(String(schema.format))
  const isLong = isText && !(typeof schema.maxLength === 'number' && schema.maxLength <= longest)
  return isLong
    ? [...told, { message: 'no tiene un largo máximo', cure: `Dele "maxLength" de hasta ${longest}` }]
    : told
}
