import type { Finding } from '../../types.ts'
import type { CheckInput } from '../CheckInput.ts'
import { errorAt, unknownName } from '../finding.ts'
import { namesInPattern } from '../namesIn.ts'

/** A code as the page generates it; what a field accepts must include such ones. */
const SAMPLES = ['A2B3C4D5E6', 'ZZZZZZZZZZ', '2222222222']

/** QR codes: a text at the top of an entity, one per entity, unique, that takes generated codes; its label names fields. */
export function checkQr({ pack }: CheckInput): Finding[] {
  return Object.entries(pack.entities).flatMap(([key, entity]) => {
    const file = `entities/${key}.json`
    const own = Object.keys(entity.properties)
    const coded = Object.entries(entity.properties).filter(([, property]) => property['x-qr'] !== undefined)
    const findings: Finding[] = []
    coded.forEach(([name, property], index) => {
      const at = `/properties/${name}/x-qr`
      const report = (message: string, cure: string): void => void findings.push(errorAt('qr', file, at, message, cure))
      if (index > 0) report('Hay otro campo con «x-qr»', 'Un registro tiene un solo código QR')
      if (property.type !== 'string') report('No es un texto', 'Escriba "type": "string"')
      const unique = property['x-unique'] as true | { level?: string; with?: string[] } | undefined
      if (!unique || (unique !== true && (unique.level === 'warn' || unique.with)))
        report('El código se puede repetir', 'Agregue "x-unique": { "space": "qr" }: un código lleva a una sola cosa')
      const { pattern } = property
      const fits = (code: string): boolean =>
        (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(code)) &&
        code.length <= Number(property.maxLength ?? Infinity)
      if (!SAMPLES.every(fits))
        report('No acepta los códigos que se generan', 'Permita 10 letras mayúsculas y números: ^[0-9A-Za-z]{1,100}$')
      const label = (property['x-qr'] as { label?: string }).label ?? ''
      for (const named of namesInPattern(label).filter((one) => !own.includes(one)))
        findings.push(unknownName(file, `${at}/label`, 'el campo', named, own))
    })
    return findings
  })
}
