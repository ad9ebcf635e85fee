import { runMain } from './runMain.ts'

await runMain(['portal'])
