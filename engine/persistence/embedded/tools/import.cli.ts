import { importStore } from './importStore.ts'
import { runTool } from './runTool.ts'

/** `npm run store:import -- --data DIR --from DIR` */
await runTool({ name: 'from', default: 'dump' }, async (dataDir, from) =>
  [...(await importStore(dataDir, from))].map(([namespace, count]) => `${namespace}: ${count}`),
)
