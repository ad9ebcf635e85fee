/** What a plugin may be: the only thing of the platform that a plugin imports. */
import type { ExpressionFunctions, JsonObject } from '#forms'
import type { PluginAction } from './actions.ts'

export * from './actions.ts'

export interface PluginDefinition {
  name: string
  /** Contract version it was written for. */
  contract: 1
  /** Pure functions for expressions, by short name; a pack calls them as `name.function`. */
  functions?: ExpressionFunctions
  /** Work for service tasks, by short name; a process names it as `name.service`. Server only. */
  services?: Record<string, PluginService>
  /** Work for buttons and for the clock, by short name; `actions` of pack.json names it `name.action`. Server only. */
  actions?: Record<string, PluginAction>
}

/**
 * One call of a service task. Runs after the step was saved and may run again after a crash: `idempotencyKey` is the
 * same for both. Resolves with the result that `wf:output` reads; rejects to be tried again later.
 */
export type PluginService = (input: JsonObject, ctx: PluginCtx) => Promise<JsonObject>

/** What a plugin may use of the platform. */
export interface PluginCtx {
  now: Date
  /** IANA name, for example `America/Lima`. */
  timeZone: string
  settings: JsonObject
  idempotencyKey: string
  log: (message: string) => void
}

/** A field widget of a plugin: the module's default export is its React component. */
export type WidgetLoader = () => Promise<{ default: unknown }>

export function definePlugin(plugin: PluginDefinition): PluginDefinition {
  return plugin
}
