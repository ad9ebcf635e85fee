import { restoreStore } from './restoreStore.ts'
import { runTool } from './runTool.ts'

/** `npm run store:restore -- --data DIR --from DIR` */
await runTool({ name: 'from' }, async (dataDir, from) => {
  await restoreStore(dataDir, from)
  return [`${from} restored into ${dataDir}`]
})
