import { backupStore } from './backupStore.ts'
import { runTool } from './runTool.ts'

/** `npm run store:backup -- --data DIR --out DIR` */
await runTool({ name: 'out' }, async (dataDir, out) => {
  await backupStore(dataDir, out)
  return [`backup of ${dataDir} in ${out}`]
})
