// Runs sheetWriter.ts where nothing has been bundled (tests, `npm run dev`): a child process does not inherit tsx.
import { register } from 'tsx/esm/api'

register()
await import('./sheetWriter.ts')
