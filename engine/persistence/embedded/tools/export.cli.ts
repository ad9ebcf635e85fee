import { exportStore } from './exportStore.ts'
import { runTool } from './runTool.ts'

/** `npm run store:export -- --data DIR --out DIR` */
await runTool({ name: 'out', default: 'dump' }, async (dataDir, out) =>
  [...(await exportStore(dataDir, out))].map(([namespace, count]) => `${namespace}: ${count}`),
)
