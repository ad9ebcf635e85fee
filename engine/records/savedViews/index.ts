export { createSavedView, type CreateSavedViewInput } from './createSavedView.ts'
export { deleteSavedView } from './deleteSavedView.ts'
export { findSavedViews } from './findSavedViews.ts'
export { updateSavedView, type UpdateSavedViewInput } from './updateSavedView.ts'
