import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MatrixChange, MatrixRole, MatrixView } from '#engine/contract'
import { GroupDialog } from './GroupDialog.tsx'
import { RoleDialog } from './RoleDialog.tsx'

/** New role, another name, retire and bring back; who is in a group. */
export function RoleActions(props: {
  matrix: MatrixView
  role: MatrixRole | undefined
  group: MatrixView['groups'][number] | undefined
  onChange: (change: MatrixChange) => void
  onMade: (role: string) => void
}) {
  const { matrix, role, group, onChange, onMade } = props
  const { t } = useTranslation()
  const [asked, setAsked] = useState<'new' | 'rename' | 'group' | null>(null)
  const close = () => setAsked(null)
  return (
    <Group gap="xs">
      {role && !role.protected && (
        <>
          <Button variant="default" onClick={() => setAsked('rename')}>
            {t('staff.roles.rename')}
          </Button>
          <Button
            variant="default"
            onClick={() => onChange({ kind: 'retire', role: role.key, retired: !role.retired })}
          >
            {t(role.retired ? 'staff.roles.restore' : 'staff.roles.retire')}
          </Button>
        </>
      )}
      {group && group.key !== '@staff' && group.key !== '@portal' && (
        <Button variant="default" onClick={() => setAsked('group')}>
          {t('staff.roles.changeMembers')}
        </Button>
      )}
      <Button variant="default" onClick={() => setAsked('new')}>
        {t('staff.roles.new')}
      </Button>
      {(asked === 'new' || asked === 'rename') && (
        <RoleDialog
          matrix={matrix}
          role={asked === 'rename' ? role : undefined}
          onClose={close}
          onDone={(change) => {
            onChange(change)
            close()
            if (change.kind === 'role') onMade(change.role)
          }}
        />
      )}
      {asked === 'group' && group && (
        <GroupDialog
          matrix={matrix}
          group={group}
          onClose={close}
          onDone={(change) => {
            onChange(change)
            close()
          }}
        />
      )}
    </Group>
  )
}
