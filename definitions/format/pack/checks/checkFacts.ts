import { checkExpression, compileExpression, ExpressionError, type FormSchema } from '#forms'
import { readFact, type Fact } from '../../readFact.ts'
import type { EntityDefinition, Finding } from '../../types.ts'
import type { CheckInput } from '../CheckInput.ts'
import { functionsInReach, scopeOfForm } from '../expressionScope.ts'
import { errorAt, unknownName } from '../finding.ts'

/** `x-facts`: entities and fields that exist, kinds that fit their field, days that can be read. Rules: checkRules. */
export function checkFacts(input: CheckInput): Finding[] {
  return Object.entries(input.pack.entities).flatMap(([key, entity]) =>
    Object.entries(entity['x-facts'] ?? {}).flatMap(([name, definition]) => {
      const place = { file: `entities/${key}.json`, at: `/x-facts/${name}` }
      const fact = readFact(definition)
      if (!fact) {
        const cure = 'Escriba uno: count, exists, sum, min, max, one, latest o inForce'
        return [errorAt('fact', place.file, place.at, `El dato «${name}» no dice qué es, o dice dos cosas`, cure)]
      }
      return checkFact(input, entity, fact, place)
    }),
  )
}

interface Place {
  file: string
  at: string
}

function checkFact(input: CheckInput, entity: EntityDefinition, fact: Fact, { file, at }: Place): Finding[] {
  const findings: Finding[] = []
  const fail = (where: string, message: string, cure: string) =>
    findings.push(errorAt('fact', file, `${at}${where}`, message, cure))
  const expect = (where: string, kind: string, name: string, known: string[]) => {
    if (!known.includes(name)) findings.push(unknownName(file, `${at}${where}`, kind, name, known))
  }
  expect(`/${fact.kind}`, 'la entidad', fact.entity, [...input.names.entities])
  const source = input.pack.entities[fact.entity]
  if (!source) return findings
  const own = Object.keys(source.properties)

  if (['sum', 'min', 'max'].includes(fact.kind) && fact.field === null)
    fail(`/${fact.kind}`, `«${fact.kind}» necesita un campo`, `{"entity": "${fact.entity}", "field": "…"}`)
  if (['count', 'exists', 'one', 'inForce'].includes(fact.kind) && fact.field !== null)
    fail(`/${fact.kind}`, `«${fact.kind}» no tiene campo`, `Escriba solo "${fact.entity}"`)
  if (fact.field !== null) {
    expect(`/${fact.kind}`, 'el campo', fact.field, own)
    const schema = source.properties[fact.field]
    if (schema && fact.kind === 'sum' && !isAmount(schema))
      fail('/sum', `«${fact.field}» no es un número`, 'Sume un entero, un importe o una cantidad')
    if (schema && fact.kind === 'latest' && isAmount(schema) && schema.type !== 'integer')
      fail('/latest', `«${fact.field}» no da un orden`, 'Use una fecha, un código o un entero')
  }
  if (fact.kind === 'inForce' && !source['x-effective'])
    fail('/inForce', `«${fact.entity}» no tiene vigencia`, 'Escriba x-effective en esa entidad, o use latest')
  if (fact.at !== null && fact.kind !== 'inForce') fail('/at', 'Solo inForce tiene fecha', 'Quite «at»')
  if (fact.fields && !isRow(fact)) fail('/fields', `«${fact.kind}» no es una fila`, 'Quite «fields»')
  fact.fields?.forEach((name, index) => expect(`/fields/${index}`, 'el campo', name, own))
  for (const path of fact.inputs) {
    const [, name = ''] = path.split('.')
    if (name !== 'id')
      expect(`/${fact.where === null ? 'at' : 'where'}`, 'el campo', name, Object.keys(entity.properties))
  }
  if (fact.at !== null) findings.push(...checkDay(input, entity, fact.at, { file, at: `${at}/at` }))
  return findings
}

function checkDay(input: CheckInput, entity: EntityDefinition, text: string, { file, at }: Place): Finding[] {
  const functions = functionsInReach(input)
  const { facts: _, ref: __, ...scope } = scopeOfForm(input, { entity, withActor: true })
  try {
    compileExpression(text)
  } catch (error) {
    if (error instanceof ExpressionError)
      return [errorAt(error.code, file, at, `«${text}»: ${error.reason}`, 'Vea la guía de expresiones')]
    throw error
  }
  return checkExpression(text, scope, { ...(functions && { functions }), gives: 'date' }).map((finding) =>
    errorAt(finding.code, file, at, `«${text}»: ${finding.message}`, 'Escriba una fecha del registro: value.fecha'),
  )
}

const isRow = ({ kind }: Fact): boolean => kind === 'one' || kind === 'latest' || kind === 'inForce'
const isAmount = (schema: FormSchema): boolean =>
  schema.type === 'integer' || schema['x-decimal'] !== undefined || schema['x-money'] !== undefined
