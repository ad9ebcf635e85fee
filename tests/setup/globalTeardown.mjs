import { stopStore } from './startStore.mjs'

export default async function globalTeardown() {
  await stopStore()
}
