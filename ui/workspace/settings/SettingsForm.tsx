import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SettingsView } from '#engine/contract'
import { useSaveSettings } from '../../client/administration/useSettings.ts'
import { FormRenderer } from '../../kit/form/FormRenderer.tsx'
import { toEnvironment } from '../../kit/form/state/toEnvironment.ts'
import { ActionButtons } from '../../kit/record/ActionButtons.tsx'

/** One tab of Configuración, drawn by its schema like any form. */
export function SettingsForm({ view, onSaved }: { view: SettingsView; onSaved: () => void }) {
  const { t } = useTranslation()
  const save = useSaveSettings(view)
  return (
    <>
      {view.form.help && (
        <Text c="dimmed" mb="md">
          {view.form.help}
        </Text>
      )}
      {view.actions.length > 0 && (
        <Group gap={8} mb="md">
          {view.actions.map(({ entity, ...action }) => (
            <ActionButtons key={action.key} entity={entity} id={null} actions={[action]} />
          ))}
        </Group>
      )}
      <FormRenderer
        form={view.form}
        data={view.data}
        labels={view.labels}
        environment={toEnvironment(view.environment)}
        actions={[{ key: 'save', label: t('kit.save'), kind: 'primary' }]}
        onSubmit={async (_, { data }) => {
          await save.mutateAsync(data)
          onSaved()
        }}
      />
    </>
  )
}
