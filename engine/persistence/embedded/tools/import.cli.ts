import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { importStore } from './importStore.ts'

/** `npm run store:import -- --data DIR --from DIR` */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(process.env.DATA_DIR ?? 'data', 'store') },
    from: { type: 'string', default: 'dump' },
  },
})
for (const [namespace, count] of await importStore(values.data, values.from)) console.log(`${namespace}: ${count}`)
