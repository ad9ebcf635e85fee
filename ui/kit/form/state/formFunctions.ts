import { builtinFunctions, type ExpressionFunctions } from '#forms'
import { functionPlugins, pluginFunctions } from '#plugins/functions'

/** The functions expressions of a form may call in the browser: the built-in ones and those of the plugins. */
export const formFunctions: ExpressionFunctions = {
  ...builtinFunctions,
  ...pluginFunctions(functionPlugins.map((plugin) => plugin.name)),
}
