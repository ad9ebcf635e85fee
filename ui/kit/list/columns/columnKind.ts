import type { EntityView } from '#engine/contract'
import type { FormSchema } from '#forms'
import { annotationOf } from '../../form/schema/annotationOf.ts'
import { decimalOf } from '../../values/formatValue.ts'

/** How a column is set: numbers to the right, long texts on two lines. */
export function columnKind(entity: EntityView, name: string): { isNumber: boolean; isLong: boolean } {
  const schema = entity.schema.properties?.[name] ?? {}
  return {
    isNumber: schema.type === 'integer' || decimalOf(schema) !== null,
    isLong: name !== entity.stateField && name !== entity.codeField && isText(schema),
  }
}

/** Values that may take two lines: names of other records and free text. */
const isText = (schema: FormSchema) =>
  !!annotationOf(schema, 'x-ref') ||
  (schema.type === 'string' &&
    !schema.format &&
    !schema.enum &&
    !schema.oneOf &&
    !decimalOf(schema) &&
    Number(schema.maxLength ?? 0) > 40)
