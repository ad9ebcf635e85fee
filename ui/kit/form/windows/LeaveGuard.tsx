import { Button, Group, Modal, Text } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { useFormPart } from '../FormScope.ts'

/** Asks before a page with unsaved work is left (FM-D-128). `isFree`: what is under way has leave to go. */
export function LeaveGuard({ isFree }: { isFree: () => boolean }) {
  const isTouched = useFormPart((snapshot) => snapshot.touched.size > 0)
  return isTouched ? <Asking isFree={isFree} /> : null
}

function Asking({ isFree }: { isFree: () => boolean }) {
  const { t } = useTranslation()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => !isFree() && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (!isFree()) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isFree])
  const stay = () => blocker.reset?.()
  return (
    <Modal
      opened={blocker.state === 'blocked'}
      onClose={stay}
      title={t('kit.form.leave.title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <Text size="sm">{t('kit.form.leave.text')}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t('kit.form.leave.go')}
        </Button>
        <Button data-autofocus onClick={stay}>
          {t('kit.form.leave.stay')}
        </Button>
      </Group>
    </Modal>
  )
}
