import type { ModelNode, ProcessModel } from './processModel.ts'

/** An expression with where it stands. `gives` is what its place needs. */
export interface PlacedExpression {
  text: string
  /** Id of the element. */
  at: string
  /** What the expression is for, in Spanish. */
  place: string
  gives: 'boolean' | 'any' | 'moment' | 'list' | 'number'
  /** Names in reach besides the usual ones (elements of loops). */
  locals: string[]
  /** `result` is in reach. */
  hasResult: boolean
}

const isoTimer = /^(R\d*\/)?-?P[\dYMWDTHS.]+$/
const isoDate = /^\d{4}-\d\d-\d\d(T.*)?$/

/** Is this timer body ISO 8601 text? Otherwise it is an expression. */
export const isIsoTimer = (text: string): boolean => isoTimer.test(text) || isoDate.test(text)

/** Every FEEL expression of a process. Row rules (`startWhen`, `forEach`) have a grammar of their own. */
export function expressionsOf(model: ProcessModel): PlacedExpression[] {
  const nodes = new Map(model.nodes.map((node) => [node.id, node]))
  const all: PlacedExpression[] = []
  const add = (
    node: ModelNode | null,
    at: string,
    place: string,
    text: string | null,
    gives: PlacedExpression['gives'] = 'any',
    hasResult = false,
  ): void => {
    if (text === null || text === '') return
    all.push({ text, at, place, gives, locals: node ? elementsAround(node, nodes) : [], hasResult })
  }
  for (const flow of model.flows)
    add(nodes.get(flow.source) ?? null, flow.id, 'condición del flujo', flow.condition?.text ?? null, 'boolean', true)
  for (const message of model.messages) {
    add(null, message.id, 'cuándo se muestra', message.showWhen, 'boolean')
    for (const effect of message.effects)
      if (effect.kind === 'set') add(null, message.id, `valor de ${effect.target}`, effect.source)
    for (const candidate of message.candidates) {
      add(null, message.id, 'candidato', candidate.user ?? null)
      add(null, message.id, 'candidato', candidate.party ?? null)
    }
  }
  for (const node of model.nodes) {
    const { id } = node
    for (const effect of node.effects)
      if (effect.kind === 'set') add(node, id, `valor de ${effect.target}`, effect.source, 'any', true)
    for (const candidate of node.candidates) {
      add(node, id, 'candidato', candidate.user ?? null)
      add(node, id, 'candidato', candidate.party ?? null)
    }
    for (const outcome of node.outcomes) add(node, id, `condición de «${outcome.label}»`, outcome.when, 'boolean')
    for (const input of node.inputs) add(node, id, `entrada ${input.name}`, input.source, 'any', true)
    for (const output of node.outputs) add(node, id, `salida a ${output.target}`, output.source, 'any', true)
    for (const [, inner] of (node.title ?? '').matchAll(/\{([^{}]*)\}/g)) {
      const text = inner!.trim()
      if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(text)) add(node, id, 'título', text)
    }
    add(node, id, 'cuándo se ofrece al público', node.public?.when ?? null, 'boolean')
    add(node, id, 'responsable', node.assignee)
    add(node, id, 'vencimiento', node.dueDate, 'moment')
    add(node, id, 'registro', node.call?.record ?? null)
    for (const event of node.events)
      if (event.timer && !isIsoTimer(event.timer.text)) add(node, id, 'temporizador', event.timer.text, 'moment')
    add(node, id, 'lista que se recorre', node.loop?.collection ?? null, 'list')
    add(node, id, 'número de repeticiones', node.loop?.cardinality ?? null, 'number')
    add(node, id, 'condición de término', node.loop?.completionCondition ?? null, 'boolean')
  }
  return all
}

function elementsAround(node: ModelNode, nodes: Map<string, ModelNode>): string[] {
  const names: string[] = []
  for (let inner: ModelNode | undefined = node; inner; inner = inner.parent ? nodes.get(inner.parent) : undefined)
    if (inner.loop?.elementVariable) names.push(inner.loop.elementVariable)
  return names
}
