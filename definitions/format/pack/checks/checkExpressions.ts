import { builtinFunctions, compileExpression, compileRule, ExpressionError, type FormSchema } from '#forms'
import { nearestName } from '../../bpmn/nearestName.ts'
import type { Finding } from '../../types.ts'
import { propertiesOf, type CheckInput } from '../CheckInput.ts'
import { isOpen, scopeOfForm, type NamesInReach } from '../expressionScope.ts'
import { errorAt, proposeName } from '../finding.ts'

/** One expression of the pack, with what it may read. */
interface PlacedExpression {
  file: string
  at: string
  text: string
  scope: NamesInReach
}

/** Expressions of entities, forms and settings, and the rules of roles and references: readable, and of names that exist. */
export function checkExpressions(input: CheckInput): Finding[] {
  return [
    ...formExpressions(input).flatMap((expression) => checkExpression(input, expression)),
    ...rulesOf(input).flatMap((rule) => checkRule(rule)),
  ]
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
  entity: FormSchema | undefined,
): PlacedExpression[] {
  const found: PlacedExpression[] = []
  const scope = (withActor: boolean, row?: FormSchema) =>
    scopeOfForm(input, { entity, own, withActor, ...(row && { row }) })
  const add = (at: string, text: unknown, names: NamesInReach) => {
    if (typeof text === 'string') found.push({ file, at, text, scope: names })
  }
  for (const place of propertiesOf(schema)) {
    const row = rowAround(schema, place.path)
    const { at, schema: property } = place
    for (const word of conditionWords) add(`${at}/${word}`, property[word], scope(true, row))
    add(`${at}/x-default`, property['x-default'], scope(true, row))
    const computed = property['x-computed'] as string | { value?: unknown } | undefined
    add(`${at}/x-computed`, typeof computed === 'object' ? computed.value : computed, scope(false, row))
    const money = property['x-money']
    if (typeof money === 'object' && money !== null)
      add(`${at}/x-money`, (money as { currency?: unknown }).currency, scope(true, row))
    for (const [index, check] of checksOf(property)) add(`${at}/x-check/${index}/check`, check, scope(true, row))
  }
  for (const [index, check] of checksOf(schema)) add(`/x-check/${index}/check`, check, scope(true))
  const sections = ((schema.sections ?? schema['x-sections']) as { fields?: unknown[] }[] | undefined) ?? []
  const at = schema.sections === undefined ? '/x-sections' : '/sections'
  sections.forEach((section, index) => {
    add(`${at}/${index}/x-visible-when`, (section as Record<string, unknown>)['x-visible-when'], scope(true))
    section.fields?.forEach((use, place) => {
      if (typeof use !== 'object' || use === null) return
      for (const word of conditionWords) {
        add(`${at}/${index}/fields/${place}/${word}`, (use as Record<string, unknown>)[word], scope(true))
      }
    })
  })
  return found
}

function checksOf(schema: FormSchema): [number, unknown][] {
  const checks = schema['x-check']
  return Array.isArray(checks) ? checks.map((item: { check?: unknown }, index) => [index, item.check]) : []
}

/** The row that a column of a sub-list belongs to. */
function rowAround(schema: FormSchema, path: string): FormSchema | undefined {
  const [table = '', ...rest] = path.split('.')
  return rest.length > 0 ? schema.properties?.[table]?.items : undefined
}

function checkExpression(input: CheckInput, { file, at, text, scope }: PlacedExpression): Finding[] {
  try {
    const { paths, functions } = compileExpression(text)
    return [
      ...paths.flatMap((path) => checkPath(file, at, path, scope)),
      ...functions.filter((name) => name.includes('.')).flatMap((name) => checkFunction(input, file, at, name)),
    ]
  } catch (problem) {
    return [unreadable(file, at, text, problem)]
  }
}

function unreadable(file: string, at: string, text: string, problem: unknown): Finding {
  const reason = problem instanceof ExpressionError ? problem.reason : String(problem)
  return errorAt(
    'feel-syntax',
    file,
    at,
    `La expresión «${text}» no se entiende: ${reason}`,
    'Vea la guía de expresiones',
  )
}

/** Whether a dotted path leads to something that exists. */
export function checkPath(file: string, at: string, path: string, scope: NamesInReach): Finding[] {
  const [root = '', ...names] = path.split('.')
  let schema = scope[root]
  if (!schema) {
    const known = Object.keys(scope)
    return [errorAt('feel-name', file, at, `«${root}» no existe aquí`, proposeName(nearestName(root, known), known))]
  }
  for (const name of names) {
    if (isOpen(schema)) return []
    const properties: Record<string, FormSchema> = schema.properties ?? schema.items?.properties ?? {}
    const next = properties[name]
    if (!next) {
      const known = Object.keys(properties)
      return [
        errorAt(
          'feel-name',
          file,
          at,
          `«${path}» no existe: no hay «${name}»`,
          proposeName(nearestName(name, known), known),
        ),
      ]
    }
    schema = next
  }
  return []
}

function checkFunction({ pack, options }: CheckInput, file: string, at: string, name: string): Finding[] {
  const business = ['business.add', 'business.between', 'business.isDay']
  const plugins = options.plugins
  if (plugins === undefined && !(name in builtinFunctions)) return []
  const ofPlugins = (pack.manifest.plugins ?? []).flatMap((plugin) =>
    (plugins?.[plugin]?.functions ?? []).map((key) => `${plugin}.${key}`),
  )
  const known = [...Object.keys(builtinFunctions), ...business, ...ofPlugins]
  if (known.includes(name)) return []
  return [
    errorAt('unresolved', file, at, `No existe la función «${name}»`, proposeName(nearestName(name, known), known)),
  ]
}

interface PlacedRule {
  file: string
  at: string
  text: string
  /** Fields of the rows it chooses among; undefined when they are not known. */
  fields: FormSchema | undefined
}

function rulesOf({ pack }: CheckInput): PlacedRule[] {
  const rules: PlacedRule[] = []
  for (const [entity, row] of Object.entries(pack.roles.rows ?? {})) {
    for (const [grantee, text] of Object.entries(row)) {
      rules.push({ file: 'roles.json', at: `/rows/${entity}/${grantee}`, text, fields: pack.entities[entity] })
    }
  }
  for (const [key, entity] of Object.entries(pack.entities)) {
    const file = `entities/${key}.json`
    entity['x-list']?.filters?.forEach((filter, index) => {
      if (typeof filter === 'object' && filter.where) {
        rules.push({ file, at: `/x-list/filters/${index}/where`, text: filter.where, fields: entity })
      }
    })
    for (const [name, fact] of Object.entries(entity['x-facts'] ?? {})) {
      const counted = Object.entries(fact).find(([word]) => word !== 'where' && word !== 'at')?.[1]
      const fields = typeof counted === 'string' ? pack.entities[counted.split('.')[0] ?? ''] : undefined
      if (typeof fact.where === 'string') rules.push({ file, at: `/x-facts/${name}/where`, text: fact.where, fields })
    }
    for (const { at, schema } of propertiesOf(entity)) {
      const ref = schema['x-ref'] as { entity?: string; where?: unknown; prefer?: unknown } | string | undefined
      if (typeof ref !== 'object') continue
      const fields = pack.entities[ref.entity ?? '']
      if (typeof ref.where === 'string') rules.push({ file, at: `${at}/x-ref/where`, text: ref.where, fields })
      if (Array.isArray(ref.prefer)) {
        ref.prefer.forEach((text: unknown, index) => {
          if (typeof text === 'string') rules.push({ file, at: `${at}/x-ref/prefer/${index}`, text, fields })
        })
      }
    }
  }
  return rules
}

function checkRule({ file, at, text, fields }: PlacedRule): Finding[] {
  try {
    const { paths } = compileRule(text)
    if (!fields) return []
    const known = ['id', ...Object.keys(fields.properties ?? {})]
    return paths
      .map((path) => path.split('.')[0] ?? '')
      .filter((name) => !known.includes(name))
      .map((name) =>
        errorAt('feel-name', file, at, `No existe el campo «${name}»`, proposeName(nearestName(name, known), known)),
      )
  } catch (problem) {
    const reason = problem instanceof ExpressionError ? problem.reason : String(problem)
    const cure = 'Copie el dato a un campo propio con x-computed y use ese campo'
    return [errorAt('row-grammar', file, at, `La regla «${text}» no se puede buscar: ${reason}`, cure)]
  }
}
