import type { ExpressionFunctions } from '#forms'
import type { PluginDefinition } from './contract/index.ts'
import { documentVersion } from './document-version/plugin.ts'
import { igv } from './igv/plugin.ts'
import { ruc } from './ruc/plugin.ts'
import { exchange } from './sunat-exchange-rate/plugin.ts'
import { ubigeo } from './ubigeo/plugin.ts'

/** Every plugin that brings functions; pure, so that the browser and the server compute the same. */
export const functionPlugins: PluginDefinition[] = [documentVersion, exchange, igv, ruc, ubigeo]

/**
 * Functions of the named plugins as expressions call them: `ruc.isValid`. Throws for a plugin that does not exist:
 * a pack that names one must not run without it.
 */
export function pluginFunctions(names: string[]): ExpressionFunctions {
  const functions: ExpressionFunctions = {}
  for (const name of names) {
    const plugin = functionPlugins.find((candidate) => candidate.name === name)
    if (!plugin) throw new Error(`There is no plugin "${name}"`)
    for (const [key, call] of Object.entries(plugin.functions ?? {})) functions[`${name}.${key}`] = call
  }
  return functions
}
