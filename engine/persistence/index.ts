export { Store, isContended, isDuplicateKey, isStoreGone, type Db } from './Store.ts'
export { TenantCollection, type Filter } from './TenantCollection.ts'
export type { StoreStatus } from './storeStatus.ts'
export type * from './documents.ts'
