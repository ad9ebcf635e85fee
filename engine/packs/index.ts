export { PackRegistry, putPacks, packsOf, entityOf, processOf, settingsOf, filesOf } from './PackRegistry.ts'
export { compilePack, candidateKey, withRoles, type InstalledPack, type EntityInPack } from './InstalledPack.ts'
export { CalendarOverlay, calendarId, daysIn, type CompanyDay } from './CalendarOverlay.ts'
export { holidaysIn } from './holidays.ts'
export { installPack, type InstallInput, type InstallResult } from './installPack.ts'
export { resolveForm, entityForm, settingsForm, catalogForm, type ResolvedForm } from './resolveForm.ts'
export { ensureEntityIndexes } from './ensureEntityIndexes.ts'
export { renewListKeys } from './renewListKeys.ts'
export { emptyOverlay, mergeRoles, type RolesOverlay } from './mergeRoles.ts'
export { catalogsInForce } from './catalogsInForce.ts'
export {
  catalogsId,
  mergeCatalogs,
  type CatalogChanges,
  type CatalogRowChange,
  type CatalogsOverlay,
} from './mergeCatalogs.ts'
export { hideSecret, keepSecrets, openSecrets, sealSecrets, withoutSecrets } from './secretSettings.ts'
export { scopeNames } from './scopeNames.ts'
export {
  comparedPath,
  filteredTexts,
  LISTED,
  listKeysOf,
  propertyAt,
  searchedFields,
  sortableFields,
  SHORTEST,
  TAIL,
  tailMark,
  textsAt,
  valuesAt,
  type ListKeys,
} from './listKeys.ts'
