export { PackRegistry, putPacks, packsOf, entityOf, processOf, settingsOf, filesOf } from './PackRegistry.ts'
export { compilePack, candidateKey, type InstalledPack, type EntityInPack } from './InstalledPack.ts'
export { installPack, type InstallInput, type InstallResult } from './installPack.ts'
export { resolveForm, entityForm, type ResolvedForm } from './resolveForm.ts'
