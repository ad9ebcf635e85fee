import { parentFields, type FormSchema } from '#forms'
import { annotationOf } from './annotationOf.ts'

/** The fields beside it that a control looks at: what narrows its catalogue, and the currency of its amount. */
export function dependenciesOf(schema: FormSchema): string[] {
  const money = schema['x-money']
  const currency = typeof money === 'string' && !/^[A-Z]{3}$/.test(money) ? [money] : []
  return [schema, schema.items ?? {}].flatMap((each) => parentFields(annotationOf(each, 'x-catalog'))).concat(currency)
}
