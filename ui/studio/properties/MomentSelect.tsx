import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { momentLabel, type Moment } from '../wf/moment.ts'
import { choicesWith } from './choicesWith.ts'

/** When something of a step happens. */
export function MomentSelect(props: { moments: Moment[]; value: string; onChange: (on: string) => void }) {
  const { moments, value, onChange } = props
  const { t } = useTranslation()
  return (
    <Select
      label={t('studio.when')}
      data={choicesWith(moments, value, (on) => momentLabel(on, t))}
      value={value}
      allowDeselect={false}
      onChange={(on) => onChange(on ?? '')}
    />
  )
}
