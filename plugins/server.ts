import type { PluginAction, PluginDefinition, PluginService } from './contract/index.ts'
import { functionPlugins } from './functions.ts'
import { exchangeServer } from './sunat-exchange-rate/server.ts'

/** Every plugin as the server has it: with the work that a page neither does nor loads. */
export const serverPlugins: PluginDefinition[] = functionPlugins.map((plugin) =>
  plugin.name === exchangeServer.name ? exchangeServer : plugin,
)

/** Services of the named plugins as processes name them: `plugin.service`. Plugins without services add none. */
export function pluginServices(names: string[]): Record<string, PluginService> {
  return named<PluginService>(names, ({ services }) => services)
}

/** Actions of the named plugins as pack.json names them: `plugin.action`. */
export function pluginActions(names: string[]): Record<string, PluginAction> {
  return named<PluginAction>(names, ({ actions }) => actions)
}

function named<T>(names: string[], of: (plugin: PluginDefinition) => Record<string, T> | undefined): Record<string, T> {
  const found: Record<string, T> = {}
  for (const plugin of serverPlugins.filter((candidate) => names.includes(candidate.name))) {
    for (const [key, call] of Object.entries(of(plugin) ?? {})) found[`${plugin.name}.${key}`] = call
  }
  return found
}
