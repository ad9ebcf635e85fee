export const chromiumPath: string
export const hasBrowser: boolean
export function announceBrowser(): void
