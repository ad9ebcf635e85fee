export { Store, isDuplicateKey, isStoreGone, type Db } from './Store.ts'
export { TenantCollection, type Filter } from './TenantCollection.ts'
export type * from './documents.ts'
