import { definePlugin } from '#plugins/contract'
import { rateOn } from './rateOn.ts'
import { amount, amountOf, baseOf, total } from './split.ts'

/** Peruvian value added tax (IGV): tax of a base, base and tax of a total, and the rate in force on a day. */
export const igv = definePlugin({
  name: 'igv',
  contract: 1,
  functions: { amount, total, baseOf, amountOf, rateOn },
})
