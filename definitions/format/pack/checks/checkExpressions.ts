import { checkExpression, type ExpressionScope, type FormSchema } from '#forms'
import type { EntityDefinition, Finding } from '../../types.ts'
import { propertiesOf, type CheckInput } from '../CheckInput.ts'
import { functionsInReach, scopeOfForm } from '../expressionScope.ts'
import { errorAt, proposeName } from '../finding.ts'

/** One expression of the pack, with what it may read. */
interface PlacedExpression {
  file: string
  at: string
  text: string
  scope: ExpressionScope
  /** Conditions must give true or false. */
  gives?: 'boolean'
}

/** Expressions of entities and forms: readable, over names that exist, of the types that they compare. */
export function checkExpressions(input: CheckInput): Finding[] {
  const functions = functionsInReach(input)
  return formExpressions(input).flatMap(({ file, at, text, scope, gives }) =>
    checkExpression(text, scope, { ...(functions && { functions }), ...(gives && { gives }) }).map((finding) => {
      const last = finding.path?.split('.').at(-1) ?? ''
      const cure = finding.known ? proposeName(last, finding.known) : 'Vea la guía de expresiones'
      return errorAt(finding.code, file, at, `«${text}»: ${finding.message}`, cure)
    }),
  )
}

const conditionWords = ['x-visible-when', 'x-required-when', 'x-editable-when'] as const

function formExpressions(input: CheckInput): PlacedExpression[] {
  const { pack } = input
  const entities = Object.entries(pack.entities).flatMap(([key, entity]) =>
    expressionsIn(input, `entities/${key}.json`, entity, undefined, entity),
  )
  const forms = Object.entries(pack.forms).flatMap(([key, form]) => {
    const entity = form.entity === undefined ? undefined : pack.entities[form.entity]
    const own: FormSchema = { properties: form.properties ?? {} }
    return expressionsIn(input, `forms/${key}.json`, form as FormSchema, own, entity)
  })
  return [...entities, ...forms]
}

function expressionsIn(
  input: CheckInput,
  file: string,
  schema: FormSchema,
  own: FormSchema | undefined,
  entity: EntityDefinition | undefined,
): PlacedExpression[] {
  const found: PlacedExpression[] = []
  const scope = (withActor: boolean, row?: FormSchema) =>
    scopeOfForm(input, { entity, own, withActor, ...(row && { row }) })
  const add = (at: string, text: unknown, names: ExpressionScope, gives?: 'boolean') => {
    if (typeof text === 'string') found.push({ file, at, text, scope: names, ...(gives && { gives }) })
  }
  for (const place of propertiesOf(schema)) {
    const row = rowAround(schema, place.path)
    const { at, schema: property } = place
    for (const word of conditionWords) add(`${at}/${word}`, property[word], scope(true, row), 'boolean')
    add(`${at}/x-default`, property['x-default'], scope(true, row))
    add(`${at}/x-fixed/unless`, wordOf(property['x-fixed'], 'unless'), scope(true, row), 'boolean')
    add(`${at}/x-fixed/when`, wordOf(property['x-fixed'], 'when'), scope(true, row), 'boolean')
    add(`${at}/x-unique/where`, wordOf(property['x-unique'], 'where'), uniqueScope(scope(false)), 'boolean')
    add(`${at}/x-table/removeWhen`, wordOf(property['x-table'], 'removeWhen'), scope(true, property.items), 'boolean')
    const computed = property['x-computed'] as string | { value?: unknown } | undefined
    add(`${at}/x-computed`, typeof computed === 'object' ? computed.value : computed, scope(false, row))
    const money = property['x-money']
    if (typeof money === 'object' && money !== null)
      add(`${at}/x-money`, (money as { currency?: unknown }).currency, scope(true, row))
    const { facts = {}, settings = {} } = scope(false)
    const text: FormSchema = { type: 'string' }
    add(`${at}/x-exchange`, property['x-exchange'], { amount: text, from: text, to: text, facts, settings })
    for (const [index, check] of checksOf(property))
      add(`${at}/x-check/${index}/check`, check, scope(true, row), 'boolean')
  }
  for (const [index, check] of checksOf(schema)) add(`/x-check/${index}/check`, check, scope(true), 'boolean')
  const sections = ((schema.sections ?? schema['x-sections']) as { fields?: unknown[] }[] | undefined) ?? []
  const at = schema.sections === undefined ? '/x-sections' : '/sections'
  sections.forEach((section, index) => {
    add(`${at}/${index}/x-visible-when`, (section as Record<string, unknown>)['x-visible-when'], scope(true), 'boolean')
    section.fields?.forEach((use, place) => {
      if (typeof use !== 'object' || use === null) return
      for (const word of conditionWords) {
        add(`${at}/${index}/fields/${place}/${word}`, (use as Record<string, unknown>)[word], scope(true), 'boolean')
      }
    })
  })
  return found
}

/** What decides whether a value must be unique: the record itself and Configuración. */
const uniqueScope = ({ record, settings }: ExpressionScope): ExpressionScope =>
  ({ record, settings }) as ExpressionScope

/** An expression inside the object form of an annotation. */
const wordOf = (annotation: unknown, word: string): unknown =>
  typeof annotation === 'object' && annotation !== null ? (annotation as Record<string, unknown>)[word] : undefined

function checksOf(schema: FormSchema): [number, unknown][] {
  const checks = schema['x-check']
  return Array.isArray(checks) ? checks.map((item: { check?: unknown }, index) => [index, item.check]) : []
}

/** The row that a column of a sub-list belongs to. */
function rowAround(schema: FormSchema, path: string): FormSchema | undefined {
  const [table = '', ...rest] = path.split('.')
  return rest.length > 0 ? schema.properties?.[table]?.items : undefined
}
