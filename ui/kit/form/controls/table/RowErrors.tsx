import { Anchor, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormPart, useFormScope } from '../../FormScope.ts'
import { shownIssues, type FormSnapshot } from '../../state/formStore.ts'

/** How many numbers are written out. */
const most = 8

/** Which rows have errors, beside the list: one may be far from where one looks. Each number goes there. */
export function RowErrors({ path }: { path: string }) {
  const { t } = useTranslation()
  const { reveal } = useFormScope()
  const found = useFormPart((snapshot) => placesOf(snapshot, path).join(' '))
  if (!found) return null
  const places = found.split(' ')
  return (
    <Text size="sm" c="var(--mantine-color-error)" mt={6} role="status">
      {t('kit.form.rowErrors', { count: places.length })}{' '}
      {places.slice(0, most).map((place, index) => (
        <span key={place}>
          {index > 0 && ', '}
          <Anchor component="button" type="button" size="sm" c="inherit" td="underline" onClick={() => reveal(place)}>
            {t('kit.form.row', { row: Number(place.split('.')[1]) + 1 })}
          </Anchor>
        </span>
      ))}
      {places.length > most && ' …'}
    </Text>
  )
}

/** The first place with an error of each row that has one. */
function placesOf(snapshot: FormSnapshot, path: string): string[] {
  const byRow = new Map<string, string>()
  for (const issue of shownIssues(snapshot)) {
    if (issue.level !== 'error' || !issue.path.startsWith(`${path}.`)) continue
    const row = issue.path.slice(path.length + 1).split('.')[0]!
    if (!byRow.has(row)) byRow.set(row, issue.path)
  }
  return [...byRow.values()]
}
