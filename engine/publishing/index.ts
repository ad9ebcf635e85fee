export { STUDIO, checkDraft, discardDraft, getDraft, publishDraft, saveDraftFile } from './drafts.ts'
export { companyCalendar, setCalendarDay, type CalendarDayInput } from './calendar.ts'
export { findSettings, saveSettings, SETTINGS } from './settings.ts'
export { listPacks, listVersions, packFile, packView } from './packViews.ts'
