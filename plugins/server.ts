import type { PluginService } from './contract/index.ts'
import { functionPlugins } from './functions.ts'

/** Services of the named plugins as processes name them: `plugin.service`. Plugins without services add none. */
export function pluginServices(names: string[]): Record<string, PluginService> {
  const services: Record<string, PluginService> = {}
  for (const plugin of functionPlugins.filter((candidate) => names.includes(candidate.name))) {
    for (const [key, call] of Object.entries(plugin.services ?? {})) services[`${plugin.name}.${key}`] = call
  }
  return services
}
