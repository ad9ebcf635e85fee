import { Fieldset, Select, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useStepChoices } from './useStepChoices.ts'

interface Props {
  pack: string
  /** Steps of the old version that the new one does not have. */
  missing: { process: string; node: string }[]
  mapping: Record<string, string>
  onChange: (mapping: Record<string, string>) => void
}

/** Which step of this version each vanished one corresponds to. */
export function StepMapping(props: Props) {
  const { t } = useTranslation()
  return (
    <Fieldset legend={t('studio.migrate.mapping')}>
      <Stack gap="sm">
        {props.missing.map(({ process, node }) => (
          <StepChoice key={`${process} ${node}`} {...props} process={process} node={node} />
        ))}
      </Stack>
    </Fieldset>
  )
}

function StepChoice({ pack, process, node, mapping, onChange }: Props & { process: string; node: string }) {
  const { t } = useTranslation()
  const steps = useStepChoices(pack, process)
  return (
    <Select
      label={t('studio.migrate.step', { node, process })}
      data={steps}
      value={mapping[node] ?? null}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('studio.clear') }}
      onChange={(step) => {
        const { [node]: _old, ...others } = mapping
        onChange(step === null ? others : { ...others, [node]: step })
      }}
    />
  )
}
