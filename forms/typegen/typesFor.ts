import { compile } from 'json-schema-to-typescript'
import { decimalRuleOf } from '../schema/decimals.ts'
import type { FormSchema } from '../types.ts'

const BANNER = '// Generated from the definitions. Do not edit: npm run generate.'

type Schema = Parameters<typeof compile>[0]

/**
 * TypeScript interfaces of definitions, by key: `orden-trabajo` → `OrdenTrabajo`. Titles become comments; what is
 * not in `required` may be absent. The same definitions give the same text.
 */
export async function typesFor(definitions: Record<string, FormSchema>): Promise<string> {
  const parts = await Promise.all(
    Object.keys(definitions)
      .sort()
      .map(async (key) => {
        const name = typeName(key)
        const schema = { ...describe(definitions[key]!, 'root'), title: name } as Schema
        return compile(schema, name, {
          bannerComment: '',
          additionalProperties: false,
          style: { semi: false, singleQuote: true, printWidth: 120 },
        })
      }),
  )
  return `${BANNER}\n\n${parts.map((part) => part.trim()).join('\n\n')}\n`
}

/** `orden-trabajo` and `orden.trabajo` → `OrdenTrabajo`, without accents. */
function typeName(key: string): string {
  const words = key
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
  const name = words
    .filter(Boolean)
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('')
  return /^\d/.test(name) ? `_${name}` : name
}

/** Only what shapes the type, with the title as comment (a title would name a type of its own). */
function describe(schema: FormSchema, place: 'root' | 'inside'): Schema {
  const result: Schema = {}
  const comment = [schema.title, schema.description].filter((text) => typeof text === 'string').join(': ')
  if (comment) result.description = comment
  if (schema.properties) {
    result.type = 'object'
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, one]) => [name, describe(one, 'inside')]),
    )
    if (schema.required) result.required = schema.required.filter((name) => Object.hasOwn(schema.properties!, name))
    return result
  }
  if (place === 'root') return { ...result, type: 'object' }
  const options = schema.enum ?? optionsOf(schema)
  if (options) return { ...result, enum: options as never[] }
  if (schema.items) return { ...result, type: 'array', items: describe(schema.items, 'inside') }
  if (decimalRuleOf(schema)) return { ...result, type: 'string' }
  return schema.type ? { ...result, type: schema.type as 'string' } : result
}

function optionsOf(schema: FormSchema): unknown[] | null {
  const options = schema.oneOf?.map((option) => option.const)
  return options && options.every((option) => option !== undefined) ? options : null
}
