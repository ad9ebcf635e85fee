export { STUDIO, checkDraft, discardDraft, getDraft, publishDraft, saveDraftFile } from './drafts.ts'
export { findSettings, saveSettings, SETTINGS } from './settings.ts'
export { listPacks, listVersions, packFile, packView } from './packViews.ts'
