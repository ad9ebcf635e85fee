import { definePlugin } from '#plugins/contract'
import { confirmRate, discardRate } from './decideRate.ts'
import { fetchRate } from './fetchRate.ts'
import { exchange } from './plugin.ts'

/** The same plugin with what only the server does: asking the sources, and what people decide about a value. */
export const exchangeServer = definePlugin({
  ...exchange,
  actions: { fetch: fetchRate, confirm: confirmRate, discard: discardRate },
})
