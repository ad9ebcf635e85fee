import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { exportStore } from './exportStore.ts'

/** `npm run store:export -- --data DIR --out DIR` */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(process.env.DATA_DIR ?? 'data', 'store') },
    out: { type: 'string', default: 'dump' },
  },
})
for (const [namespace, count] of await exportStore(values.data, values.out)) console.log(`${namespace}: ${count}`)
