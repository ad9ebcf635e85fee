import type { FormSchema } from '#forms'
import { schemaAt } from './schemaAt.ts'

/** A computed field's rule with the names people know: `money.add(value.precio, value.igv)` → "Precio + IGV". */
export function readableFormula(formula: string, schema: FormSchema): string {
  const named = formula
    .replace(/\b(?:value|record|form)\.(\w+)/g, (_, field: string) => schemaAt(schema, field)?.title ?? field)
    .replace(
      /\bref\.(\w+)\.(\w+)/g,
      (_, field: string, column: string) => `${schemaAt(schema, field)?.title ?? field} › ${column}`,
    )
  const signs: [RegExp, string][] = [
    [/\bmoney\.add\(([^(),]+),\s*([^(),]+)\)/g, '$1 + $2'],
    [/\bmoney\.subtract\(([^(),]+),\s*([^(),]+)\)/g, '$1 − $2'],
    [/\bmoney\.multiply\(([^(),]+),\s*([^(),]+)\)/g, '$1 × $2'],
    [/\bmoney\.divide\(([^(),]+),\s*([^(),]+)\)/g, '$1 ÷ $2'],
  ]
  return signs.reduce((text, [pattern, sign]) => text.replace(pattern, sign), named)
}
