import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedStore } from './startEmbeddedStore.ts'

/**
 * The store as a process: `--data DIR`, `--port N` (else a unix socket), `--auth` (the port asks for a secret), `--no-durable`, `--test-commands` and `--quiet` for tests.
 * Prints its connection string as the only line on standard output; everything else goes to standard error.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(process.env.DATA_DIR ?? 'data', 'store') },
    port: { type: 'string' },
    quiet: { type: 'boolean', default: false },
    auth: { type: 'boolean', default: false },
    'no-durable': { type: 'boolean', default: false },
    'test-commands': { type: 'boolean', default: false },
  },
})

try {
  const store = await startEmbeddedStore({
    dataDir: values.data,
    ...(values.port !== undefined && { port: Number(values.port) }),
    ...(values.auth && { auth: true }),
    durable: !values['no-durable'],
    testCommands: values['test-commands'],
    ...(!values.quiet && {
      log: (line: string) => {
        console.error(line)
      },
    }),
  })
  console.log(store.uri)
  const stop = (): void => void store.stop().then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}
