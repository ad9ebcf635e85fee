import { runMain } from './runMain.ts'

await runMain(['staff', 'portal'])
