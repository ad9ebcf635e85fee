/** Door `#definitions`: what a definition pack is made of. Runs in Node and in the browser. */
export type * from './types.ts'
export { demoAccounts, type DemoAccount } from './demoAccounts.ts'
export { ROLE_CATALOGS, roleCatalogs } from './roleCatalogs.ts'
export { FACT_KINDS, readFact, type Fact } from './readFact.ts'
export { ICON_NAMES, type IconName } from './iconNames.ts'
export { writeCanonical } from './writeCanonical.ts'
export * from './bpmn/index.ts'
