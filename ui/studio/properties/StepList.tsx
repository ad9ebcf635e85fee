import { NavLink, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { usePanel } from './PanelContext.ts'
import { stepKindName, stepName } from './stepName.ts'
import { stepsInOrder } from './stepsInOrder.ts'

/** Every step as a list: the diagram for whoever does not use the mouse or does not see it. */
export function StepList() {
  const { t } = useTranslation()
  const { diagram } = usePanel()
  const steps = stepsInOrder(diagram.get('elementRegistry').filter(() => true))
  return (
    <Stack gap={4}>
      <Text component="h3" size="sm" fw={600}>
        {t('studio.steps')}
      </Text>
      <Stack gap={0} component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {steps.map((step) => (
          <li key={step.id}>
            <NavLink
              component="button"
              type="button"
              label={stepName(step, t)}
              description={step.businessObject.name ? stepKindName(step, t) : undefined}
              onClick={() => {
                diagram.get('selection').select(step)
                diagram.get('canvas').scrollToElement(step, 80)
              }}
            />
          </li>
        ))}
      </Stack>
    </Stack>
  )
}
