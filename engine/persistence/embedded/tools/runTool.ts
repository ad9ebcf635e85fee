import { join } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * Runs a tool of the command line: reads `--data` (default: the product's store) and `directory`, the name of its
 * other argument, and prints what it says, or in one line why not.
 */
export async function runTool(
  directory: { name: string; default?: string },
  tool: (dataDir: string, directory: string) => Promise<string[]>,
): Promise<void> {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string', default: join(process.env.DATA_DIR ?? 'data', 'store') },
        [directory.name]: { type: 'string', ...(directory.default !== undefined && { default: directory.default }) },
      },
    })
    const given = (values as Record<string, string | undefined>)[directory.name]
    if (given === undefined) throw new Error(`--${directory.name} DIR is missing`)
    for (const line of await tool(values.data, given)) process.stdout.write(`${line}\n`)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
  }
}
