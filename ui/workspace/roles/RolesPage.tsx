import { Button, Group, Skeleton, Stack, Tabs, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { MatrixChange, MatrixView } from '#engine/contract'
import { pathOf } from '../../client/http/request.ts'
import { useMatrix } from '../../client/administration/useMatrix.ts'
import { PageTitle } from '../../kit/app/PageTitle.tsx'
import { PageError } from '../../kit/feedback/PageError.tsx'
import { CellDrawer } from './CellDrawer.tsx'
import { addChange, withChanges } from './effectiveRights.ts'
import { MatrixTable, type Cell } from './MatrixTable.tsx'
import { RoleRights } from './RoleRights.tsx'
import { RolesHistory } from './RolesHistory.tsx'
import classes from './roles.module.css'
import { SaveDialog } from './SaveDialog.tsx'

/** Who may do what: the whole at a glance, one role in words, what was changed; the address holds tab and role. */
export function RolesPage() {
  const { data, error, refetch } = useMatrix()
  if (error) return <PageError error={error} onRetry={() => void refetch()} />
  if (!data)
    return (
      <Stack aria-busy>
        <Skeleton height={28} width={240} />
        <Skeleton height={400} />
      </Stack>
    )
  return <Roles saved={data} />
}

function Roles({ saved }: { saved: MatrixView }) {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const narrow = useMediaQuery('(max-width: 62em)')
  const [changes, setChanges] = useState<MatrixChange[]>([])
  const [cell, setCell] = useState<Cell | null>(null)
  const [saving, setSaving] = useState<'changes' | 'reset' | null>(null)
  const matrix = withChanges(saved, changes)
  const asked = search.get('ver') ?? (narrow ? 'rol' : 'matriz')
  const tab = narrow && asked === 'matriz' ? 'rol' : asked
  const subject = search.get('rol') ?? matrix.roles[0]?.key ?? ''
  const go = (ver: string, rol: string) => setSearch({ ver, rol }, { replace: true, preventScrollReset: true })
  const change = (next: MatrixChange) => setChanges((before) => addChange(before, next))
  return (
    <Stack gap="md">
      <PageTitle title={t('staff.roles.title')} />
      <Text c="dimmed" size="sm">
        {t('staff.roles.help')}
      </Text>
      <Group gap="xs">
        <Button component="a" href={pathOf('exportMatrix')} download="permisos.json" variant="default">
          {t('staff.roles.export')}
        </Button>
        {saved.mayEdit && saved.revision > 0 && (
          <Button variant="default" onClick={() => setSaving('reset')}>
            {t('staff.roles.reset')}
          </Button>
        )}
      </Group>
      <Tabs value={tab} onChange={(next) => go(next ?? 'rol', subject)} keepMounted={false}>
        <Tabs.List aria-label={t('staff.roles.title')}>
          {!narrow && <Tabs.Tab value="matriz">{t('staff.roles.matrix')}</Tabs.Tab>}
          <Tabs.Tab value="rol">{t('staff.roles.asRole')}</Tabs.Tab>
          <Tabs.Tab value="historial">{t('staff.roles.history')}</Tabs.Tab>
        </Tabs.List>
        {!narrow && (
          <Tabs.Panel value="matriz" pt="md">
            <Text size="sm" c="dimmed" mb={8}>
              {t('staff.roles.legend')}
            </Text>
            <MatrixTable matrix={matrix} onOpen={setCell} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="rol" pt="md">
          <RoleRights
            matrix={matrix}
            subject={subject}
            onSubject={(next) => go('rol', next)}
            onOpen={setCell}
            onChange={change}
          />
        </Tabs.Panel>
        <Tabs.Panel value="historial" pt="md">
          <RolesHistory />
        </Tabs.Panel>
      </Tabs>
      {changes.length > 0 && (
        <section className={classes.saveBar} aria-label={t('staff.roles.pending', { count: changes.length })}>
          <Text fw={600}>{t('staff.roles.pending', { count: changes.length })}</Text>
          <Group gap="xs">
            <Button variant="default" onClick={() => setChanges([])}>
              {t('staff.roles.discard')}
            </Button>
            <Button onClick={() => setSaving('changes')}>{t('staff.roles.review')}</Button>
          </Group>
        </section>
      )}
      {cell && (
        <CellDrawer
          key={`${cell.subject}/${cell.thing}`}
          matrix={matrix}
          cell={cell}
          onChange={change}
          onClose={() => setCell(null)}
        />
      )}
      {saving && (
        <SaveDialog
          revision={saved.revision}
          changes={saving === 'reset' ? 'reset' : changes}
          onClose={() => setSaving(null)}
          onSaved={() => {
            setSaving(null)
            setChanges([])
          }}
        />
      )}
    </Stack>
  )
}
