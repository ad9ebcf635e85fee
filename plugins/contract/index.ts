/** What a plugin may be: the only thing of the platform that a plugin imports. */
import type { ExpressionFunctions } from '#forms'

export interface PluginDefinition {
  name: string
  /** Contract version it was written for. */
  contract: 1
  /** Pure functions for expressions, by short name; a pack calls them as `name.function`. */
  functions?: ExpressionFunctions
}

export function definePlugin(plugin: PluginDefinition): PluginDefinition {
  return plugin
}
