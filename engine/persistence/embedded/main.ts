import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedStore } from './startEmbeddedStore.ts'

/**
 * The store as a process: `--data DIR`, `--port N` on 127.0.0.1 (else a unix socket) with a new secret at each start.
 * For suites of others: `--no-auth` (no secret; only with `--port`), `--no-durable`, `--test-commands`, `--quiet`.
 * Prints its connection string as the only line on standard output; everything else goes to standard error.
 */
try {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: join(process.env.DATA_DIR ?? 'data', 'store') },
      port: { type: 'string' },
      quiet: { type: 'boolean', default: false },
      'no-auth': { type: 'boolean', default: false },
      'no-durable': { type: 'boolean', default: false },
      'test-commands': { type: 'boolean', default: false },
    },
  })
  const port = values.port === undefined ? undefined : Number(values.port)
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536))
    throw new Error('--port must be a number from 0 to 65535')
  if (values['no-auth'] && port === undefined)
    throw new Error('--no-auth needs --port: a socket asks for nothing anyway')
  const store = await startEmbeddedStore({
    dataDir: values.data,
    ...(port !== undefined && { port }),
    auth: !values['no-auth'],
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
