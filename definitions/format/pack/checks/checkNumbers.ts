import type { FormSchema } from '#forms'
import type { Finding } from '../../types.ts'
import { propertiesOf, type CheckInput } from '../CheckInput.ts'
import { errorAt } from '../finding.ts'

/** Exact numbers are decimal texts: `type: number`, money without a currency and bounds that would not act are refused. */
export function checkNumbers({ pack }: CheckInput): Finding[] {
  const schemas: [string, FormSchema][] = [
    ...Object.entries(pack.entities).map(([key, entity]): [string, FormSchema] => [`entities/${key}.json`, entity]),
    ...Object.entries(pack.forms).map(([key, form]): [string, FormSchema] => [`forms/${key}.json`, form as FormSchema]),
  ]
  return schemas.flatMap(([file, schema]) => {
    const siblings = file.startsWith('forms/')
      ? pack.entities[String((schema as { entity?: string }).entity)]?.properties
      : {}
    const known = { ...siblings, ...schema.properties }
    return propertiesOf(schema).flatMap(({ at, name, schema: property }) => {
      if (property.type === 'number') {
        const cure = 'Use "type": "string" con "x-decimal", o "integer" si son unidades enteras'
        return [errorAt('number-type', file, at, `«${name}» es un número con decimales inexactos`, cure)]
      }
      if (property['x-money'] !== undefined) return checkCurrency(file, at, property['x-money'], known)
      const hasBound = 'minimum' in property || 'maximum' in property
      if (hasBound && property.type === 'string') {
        const cure = 'Use "x-decimal": { "gt" | "gte" | "lt" | "lte": "…" }'
        return [errorAt('bound-on-string', file, at, `El límite de «${name}» no actúa sobre un texto`, cure)]
      }
      return []
    })
  })
}

function checkCurrency(file: string, at: string, money: unknown, known: Record<string, FormSchema>): Finding[] {
  if (typeof money !== 'string' || /^[A-Z]{3}$/.test(money)) return []
  const currency = known[money]
  if (!currency) {
    const cure = 'Escriba el nombre del campo de la moneda, o un código como PEN'
    return [errorAt('money-currency', file, `${at}/x-money`, `No existe el campo de moneda «${money}»`, cure)]
  }
  const codes = (currency.enum ?? currency.oneOf?.map((option) => option.const) ?? []) as unknown[]
  if (codes.length > 0 && codes.every((code) => typeof code === 'string' && /^[A-Z]{3}$/.test(code))) return []
  const cure = 'Sus opciones deben ser códigos de tres letras: PEN, USD'
  return [errorAt('money-currency', file, `${at}/x-money`, `«${money}» no es una lista de monedas`, cure)]
}
