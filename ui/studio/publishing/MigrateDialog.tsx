import { Alert, Button, Group, Loader, Modal, Select, Stack, Text } from '@mantine/core'
import { IconArrowBackUp, IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { useVersions } from '../pack/useStudioPack.ts'
import { CaseResults } from './CaseResults.tsx'
import { StepMapping } from './StepMapping.tsx'
import { useMigration } from './useMigration.ts'

/** «Pasar casos abiertos a esta versión»: tried first, case by case; done when all can go on; taken back if need be. */
export function MigrateDialog({ pack, number, onClose }: { pack: string; number: number; onClose: () => void }) {
  const { t } = useTranslation()
  const versions = useVersions(pack, true)
  const { attempt, apply, undo } = useMigration(pack)
  const [chosen, setChosen] = useState<number | null>(null)
  const [mapping, setMapping] = useState<Record<string, string>>({})
  /** Steps that were missing at some try: they stay, so that an answer can be changed. */
  const [missing, setMissing] = useState<{ process: string; node: string }[]>([])
  const older = (versions.data ?? []).filter((version) => version.number !== number && version.openInstances > 0)
  const from = chosen ?? older[0]?.number ?? null
  const migration = from === null ? null : { from, to: number, mapping }
  const tried = attempt.data
  const done = apply.data && apply.data.moved.length > 0 ? apply.data : null
  const isBusy = attempt.isPending || apply.isPending || undo.isPending
  const start = () => {
    if (!migration) return
    apply.reset()
    undo.reset()
    attempt.mutate(migration, {
      onSuccess: ({ blocked }) => {
        const found = blocked.flatMap(({ process, node }) => (node === null ? [] : [{ process, node }]))
        setMissing((known) => [
          ...known,
          ...found.filter(
            (one, index) =>
              !known.some((other) => other.node === one.node && other.process === one.process) &&
              found.findIndex((other) => other.node === one.node && other.process === one.process) === index,
          ),
        ])
      },
    })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('studio.migrate.title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <Stack gap="md">
        <Text>{t('studio.migrate.help', { number })}</Text>
        {versions.isPending ? (
          <Loader size="sm" />
        ) : from === null || done ? null : (
          <Select
            label={t('studio.migrate.from')}
            data={older.map((version) => ({
              value: String(version.number),
              label: t('studio.migrate.version', { number: version.number, count: version.openInstances }),
            }))}
            value={String(from)}
            allowDeselect={false}
            onChange={(value) => {
              setChosen(Number(value))
              setMapping({})
              setMissing([])
              attempt.reset()
            }}
          />
        )}
        {!versions.isPending && from === null && !done && <Text>{t('studio.migrate.none')}</Text>}
        {!done && missing.length > 0 && (
          <StepMapping
            pack={pack}
            missing={missing}
            mapping={mapping}
            onChange={(next) => {
              setMapping(next)
              attempt.reset()
            }}
          />
        )}
        {(attempt.error ?? apply.error ?? undo.error) && (
          <ErrorNote error={attempt.error ?? apply.error ?? undo.error} />
        )}
        {undo.data ? (
          <Alert color="petrol" role="status" icon={<IconArrowBackUp aria-hidden />}>
            {t('studio.migrate.undone', { count: undo.data.moved.length })}
          </Alert>
        ) : done ? (
          <Alert color="green" role="status" icon={<IconCircleCheck aria-hidden />}>
            {t('studio.migrate.done', { count: done.moved.length, number })}
          </Alert>
        ) : null}
        {!done && tried && <CaseResults result={tried} />}
        {!undo.data && done && done.blocked.length > 0 && <CaseResults result={done} />}
        {undo.data && undo.data.blocked.length > 0 && <CaseResults result={undo.data} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('kit.close')}
          </Button>
          {done && !undo.data && apply.variables && (
            <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(apply.variables)}>
              {t('studio.migrate.undo')}
            </Button>
          )}
          {!done && migration && (
            <Button
              variant={tried && tried.blocked.length === 0 ? 'default' : 'filled'}
              loading={attempt.isPending}
              disabled={isBusy && !attempt.isPending}
              onClick={start}
            >
              {t('studio.migrate.try')}
            </Button>
          )}
          {!done && migration && tried && tried.blocked.length === 0 && tried.moved.length > 0 && (
            <Button loading={apply.isPending} onClick={() => apply.mutate(migration)}>
              {t('studio.migrate.apply', { count: tried.moved.length })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
