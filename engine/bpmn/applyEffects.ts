import type { ModelNode } from '#definitions'
import type { Json, JsonObject } from '#forms'
import type { AdvanceResult, Effect } from './types.ts'
import type { WorkingFacts } from './workingFacts.ts'

/** What effects write to. */
export interface EffectTarget {
  facts: WorkingFacts
  effects: Effect[]
  states: AdvanceResult['states']
  evaluate(text: string, context: Record<string, unknown>, node: string): Json
}

/**
 * Runs a node's (or message's) `wf:set`, `wf:setState` and `wf:notify` of the given moments, in the order of the file: a later one
 * sees what an earlier one wrote.
 */
export function applyEffects(
  target: EffectTarget,
  node: Pick<ModelNode, 'id' | 'effects'>,
  moments: string[],
  context: Record<string, unknown>,
): void {
  for (const effect of node.effects) {
    if (!moments.includes(effect.on)) continue
    if (effect.kind === 'set') {
      target.facts.assign(effect.target, target.evaluate(effect.source, context, node.id), node.id)
    } else if (effect.kind === 'setState') {
      target.facts.setState(effect.value)
      target.states.push({ node: node.id, value: effect.value })
    } else {
      target.effects.push({
        type: 'notify',
        node: node.id,
        on: effect.on,
        template: effect.template,
        to: effect.to,
        form: context.form as JsonObject,
      })
    }
  }
}
