// Runs worker.ts where nothing has been bundled (tests, `npm run dev`): a worker thread does not inherit tsx.
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')
