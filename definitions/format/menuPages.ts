/** Pages of the workspace that a menu may hold, and what somebody must be able to do to see each. */
export const menuPages = { $catalogs: 'catalogs', $calendar: 'settings', $settings: 'settings' } as const

export const isMenuPage = (key: string): key is keyof typeof menuPages => Object.hasOwn(menuPages, key)
