import { Button, CloseButton, Group, Paper, Progress, Text } from '@mantine/core'
import { useTimeout } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ExportView } from '#engine/contract'
import { lowerFirst } from '#forms'
import { fetchExportFile, useCancelExport, useExport } from '../../../client/records/useExports.ts'
import { paths } from '../../app/paths.ts'
import { ErrorNote } from '../../feedback/ErrorNote.tsx'
import { ExportProgress } from './ExportProgress.tsx'

/** Beyond this nobody has to wait: it comes back as a notice. */
const LONG_MS = 10_000
/** How long a file that was handed over is spoken of. */
const DONE_MS = 4_000

/** One export: its progress, and the file as soon as it is there. `id`: null until the server has taken it. */
export function ExportCard({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation()
  const { data: view, error } = useExport(id)
  const cancel = useCancelExport()
  const [isLong, setLong] = useState(false)
  useTimeout(() => setLong(true), LONG_MS, { autoInvoke: true })
  const status = view?.status ?? 'writing'
  const [isHeld, setHeld] = useState(false)
  useHandOver(view, isHeld, onClose)
  const isEnded = status === 'cancelled' || status === 'expired' || error !== null
  useEffect(() => {
    if (isEnded) onClose()
  }, [isEnded, onClose])
  if (isEnded) return null
  const title = view ? t(`kit.exports.card.${status}`, { what: lowerFirst(view.title) }) : t('kit.exports.preparing')
  return (
    <Paper
      p="sm"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Group justify="space-between" wrap="nowrap" gap={8}>
        <Text fw={600} size="sm" role="status">
          {title}
        </Text>
        <CloseButton aria-label={t(status === 'writing' ? 'kit.exports.leave' : 'kit.close')} onClick={onClose} />
      </Group>
      {status === 'writing' && (view ? <ExportProgress view={view} /> : <Progress value={0} aria-hidden />)}
      {view && status === 'failed' && <Text size="sm">{view.problem}</Text>}
      {view && status === 'ready' && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {view.name}
        </Text>
      )}
      {status === 'writing' && isLong && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('kit.exports.long')}
        </Text>
      )}
      {cancel.error && <ErrorNote error={cancel.error} />}
      <Group gap={4} mt={8}>
        {status === 'writing' && (
          <Button
            size="xs"
            variant="default"
            disabled={!view}
            loading={cancel.isPending}
            onClick={() => view && cancel.mutate(view.id, { onSuccess: onClose })}
          >
            {t('kit.exports.cancel')}
          </Button>
        )}
        {view && status === 'ready' && (
          <Button size="xs" variant="default" onClick={() => fetchExportFile(view.id)}>
            {t('kit.exports.again')}
          </Button>
        )}
        {status !== 'writing' && (
          <Button component={Link} to={paths.exports()} size="xs" variant="subtle">
            {t('kit.exports.all')}
          </Button>
        )}
      </Group>
    </Paper>
  )
}

/** Hands the file over once, and lets the word about it stand a while: it does not go from under a hand or the keyboard. */
function useHandOver(view: ExportView | undefined, isHeld: boolean, onClose: () => void): void {
  const handed = useRef(false)
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  const ready = view?.status === 'ready' ? view.id : null
  useEffect(() => {
    if (ready === null) return
    if (!handed.current) fetchExportFile(ready)
    handed.current = true
    if (isHeld) return
    const timer = setTimeout(() => close.current(), DONE_MS)
    return () => clearTimeout(timer)
  }, [ready, isHeld])
}
