import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSetCalendarDay, type CalendarDay } from '../../client/administration/useCalendar.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { DayInput } from '../substitutions/DayInput.tsx'
import { longDay } from './longDay.ts'

/** Adds a holiday, or says of one day that it is (or is not) one; the reason stays with the change. */
export function DayDialog(props: { asked: Pick<CalendarDay, 'day' | 'as'>; name: string; onClose: () => void }) {
  const { asked, onClose } = props
  const { t } = useTranslation()
  const save = useSetCalendarDay()
  const isNew = asked.day === ''
  const [day, setDay] = useState(asked.day)
  const [name, setName] = useState(props.name)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const missing = isNew ? { day: day === '', name: name.trim() === '' } : { day: false, name: false }
  const title = t(isNew ? 'staff.calendar.add' : `staff.calendar.ask.${asked.as}`, { day: isNew ? '' : longDay(day) })
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (missing.day || missing.name) return
          save.mutate({ day, as: asked.as, name: name.trim(), reason: reason.trim() }, { onSuccess: onClose })
        }}
      >
        <Stack gap="md">
          {isNew ? (
            <>
              <DayInput
                label={t('staff.calendar.day')}
                value={day || null}
                error={tried && missing.day ? t('staff.calendar.dayMissing') : undefined}
                onChange={(next) => setDay(next ?? '')}
              />
              <TextInput
                label={t('staff.calendar.name')}
                withAsterisk
                maxLength={200}
                value={name}
                error={tried && missing.name ? t('staff.calendar.nameMissing') : undefined}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            </>
          ) : (
            <Text>{t(`staff.calendar.consequence.${asked.as}`, { day: longDay(day) })}</Text>
          )}
          <TextInput
            label={t('staff.calendar.reason')}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {save.error && <ErrorNote error={save.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('staff.calendar.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
