export { STUDIO, checkDraft, discardDraft, getDraft, publishDraft, saveDraftFile } from './drafts.ts'
export { listPacks, listVersions, packFile, packView } from './packViews.ts'
