import type { FormSchema } from '#forms'
import type { Finding } from '../../types.ts'
import { propertiesOf, type CheckInput } from '../CheckInput.ts'
import { errorAt, expectIn, warningAt } from '../finding.ts'
import { fieldOfUse, settingPaths } from '../namesIn.ts'
import { checkProperty, settingNames } from './checkEntities.ts'

/** Panels of the task screen that every form may ask for. */
const panels = ['history', 'diagram']
const mostFields = 100

/** Forms: fields, entities and panels that do not exist; a state that a person would write. */
export function checkForms(input: CheckInput): Finding[] {
  return Object.entries(input.pack.forms).flatMap(([key, form]) => {
    const file = `forms/${key}.json`
    const findings: Finding[] = []
    const expect = expectIn(findings, file)
    const entity = form.entity === undefined ? undefined : input.pack.entities[form.entity]
    if (form.entity !== undefined) expect('/entity', 'la entidad', form.entity, input.names.entities)
    const own = Object.keys(form.properties ?? {})
    const known = [...own, ...Object.keys(entity?.properties ?? {})]
    const isReadable = form.entity === undefined || entity !== undefined

    const uses = [
      ...(form.sections ?? []).flatMap((section, index) =>
        section.fields.map((use, place) => ({ use, at: `/sections/${index}/fields/${place}` })),
      ),
      ...(form.fields ?? []).map((use, index) => ({ use, at: `/fields/${index}` })),
    ]
    for (const { use, at } of uses) {
      const name = fieldOfUse(use)
      if (isReadable) expect(at, 'el campo', name, known)
      const isReadOnly = typeof use !== 'string' && use.readOnly === true
      if (!isReadOnly && !own.includes(name) && entity?.properties[name]?.['x-state'] === true) {
        const cure = 'Póngalo con "readOnly": true; el estado lo escribe el proceso'
        findings.push(errorAt('state', file, at, `«${name}» es el estado y nadie lo edita`, cure))
      }
    }
    if (uses.length > mostFields) {
      findings.push(
        warningAt('form-size', file, '', `El formulario tiene ${uses.length} campos`, 'Divídalo en varios pasos'),
      )
    }
    form.required?.forEach((name, index) => {
      if (isReadable) expect(`/required/${index}`, 'el campo', name, known)
    })
    if (isReadable) {
      const related = Object.keys(entity?.['x-related'] ?? {})
      form.context?.forEach((panel, index) => expect(`/context/${index}`, 'el panel', panel, [...panels, ...related]))
    }
    for (const place of propertiesOf(form as FormSchema)) checkProperty(input, place, known, expect)
    for (const { at, path } of settingPaths(form)) expect(at, 'el ajuste', path, settingNames(input))
    return findings
  })
}
