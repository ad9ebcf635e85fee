import type { ModelNode } from '#definitions'
import type { ExpressionFunctions, Json, JsonObject } from '#forms'
import { StepFailure } from './stepFailure.ts'
import type { Effect } from './types.ts'
import type { WorkingFacts } from './workingFacts.ts'

/** What an inline service needs of the step. */
export interface InlineHost {
  facts: WorkingFacts
  effects: Effect[]
  input: { newId: () => string; functions: ExpressionFunctions }
  evaluate(text: string, context: Record<string, unknown>, node: string): Json
}

/**
 * Does the work of a service with `mode="inline"` within the step. Writing services become effects, committed
 * together with the step; their new ids are known at once, so that later nodes can refer to them. Any other name is a
 * pure function of the pack's plugins, called with the inputs in the order of the file.
 *
 * Inputs and results:
 * - `record.create`: `entity`, and `data` (one record) or `items` (a list, one record each) → `{id, ids}`
 * - `record.update`: `data`, and `entity` + `id` (default: the process's own record) or `ids` (a list) → `{id, ids}`
 * - `record.copy`: `entity`, `from` (id), `data` (what differs) → `{id}`
 * - a business rule task with a `decision` and no service: the decision table's answer to the inputs
 */
export function runInlineService(host: InlineHost, node: ModelNode, context: Record<string, unknown>): Json {
  const input: JsonObject = {}
  for (const { name, source } of node.inputs) input[name] = host.evaluate(source, context, node.id)
  const { name, decision } = node.service ?? { name: null, decision: null }
  switch (name) {
    case 'record.create':
      return createRecords(host, node, input)
    case 'record.update':
      return updateRecords(host, node, input)
    case 'record.copy': {
      const id = host.input.newId()
      const from = requiredText(input, 'from', node)
      host.effects.push({
        type: 'record.copy',
        node: node.id,
        entity: requiredText(input, 'entity', node),
        from,
        id,
        data: objectOf(input.data ?? {}, 'data', node),
      })
      return { id }
    }
    case null:
      return functionNamed(host, node, 'decide')(decision, input)
    default:
      return functionNamed(host, node, name)(...Object.values(input))
  }
}

function functionNamed(host: InlineHost, node: ModelNode, name: string): (...values: Json[]) => Json {
  const found = host.input.functions[name] as ((...values: Json[]) => Json | undefined) | undefined
  if (!found) throw new StepFailure('service', node.id, `El servicio «${name}» no existe o no puede ser inmediato`)
  return (...values) => {
    try {
      return found(...values) ?? null
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new StepFailure('service', node.id, `El servicio «${name}» falló: ${reason}`)
    }
  }
}

function createRecords(host: InlineHost, node: ModelNode, input: JsonObject): Json {
  const entity = requiredText(input, 'entity', node)
  const rows = input.items !== undefined ? listOf(input.items, 'items', node) : [input.data ?? {}]
  const ids = rows.map((row) => {
    const id = host.input.newId()
    host.effects.push({ type: 'record.create', node: node.id, entity, id, data: objectOf(row, 'data', node) })
    return id
  })
  return { id: ids[0] ?? null, ids }
}

function updateRecords(host: InlineHost, node: ModelNode, input: JsonObject): Json {
  const data = objectOf(input.data ?? {}, 'data', node)
  const own = host.facts.recordId
  const ids = input.ids !== undefined ? listOf(input.ids, 'ids', node) : [input.id === undefined ? own : input.id]
  for (const id of ids) {
    if (typeof id !== 'string') throw new StepFailure('service', node.id, 'record.update necesita el id de un registro')
    // The process's own record is already being changed by this step: a second writer would collide with it.
    if (id === own) for (const [field, value] of Object.entries(data)) host.facts.setRecord(field, value)
    else
      host.effects.push({ type: 'record.update', node: node.id, entity: requiredText(input, 'entity', node), id, data })
  }
  return { id: ids[0] ?? null, ids }
}

function requiredText(input: JsonObject, name: string, node: ModelNode): string {
  const value = input[name]
  if (typeof value !== 'string' || value === '')
    throw new StepFailure('service', node.id, `El servicio ${node.service?.name} necesita la entrada «${name}»`)
  return value
}

function objectOf(value: Json, name: string, node: ModelNode): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new StepFailure('service', node.id, `La entrada «${name}» debe ser un contexto con campos`)
  return value
}

function listOf(value: Json, name: string, node: ModelNode): Json[] {
  if (value === null) return []
  if (!Array.isArray(value)) throw new StepFailure('service', node.id, `La entrada «${name}» debe ser una lista`)
  return value
}
