import { definePlugin } from '#plugins/contract'
import { department, level, place, province } from './codes.ts'

/** Departments, provinces and districts of Peru by their INEI codes. */
export const ubigeo = definePlugin({
  name: 'ubigeo',
  contract: 1,
  functions: { level, department, province, place },
})
