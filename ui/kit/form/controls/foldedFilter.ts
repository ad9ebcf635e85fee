import type { ComboboxItem, OptionsFilter } from '@mantine/core'
import { foldText } from '#forms'

/** What is typed into a list finds its options whatever the accents and the case (FM-D-126): «huanu» finds Huánuco. */
export const foldedFilter: OptionsFilter = ({ options, search, limit }) => {
  const wanted = foldText(search).trim()
  return (options as ComboboxItem[]).filter(({ label }) => foldText(label).includes(wanted)).slice(0, limit)
}
