import type { WidgetLoader } from './contract/index.ts'

/** Field widgets that plugins bring, by the name that `x-widget` uses. The installed plugins bring none. */
export const pluginWidgets: Record<string, WidgetLoader> = {}
