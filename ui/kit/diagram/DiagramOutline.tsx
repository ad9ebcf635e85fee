import { Title } from '@mantine/core'
import { IconCircle, IconCircleCheck, IconCircleDotFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { InstancePageView } from '#engine/contract'
import { formatDateTime } from '../values/formatValue.ts'
import classes from './diagram.module.css'

const icons = { done: IconCircleCheck, open: IconCircleDotFilled, pending: IconCircle }

/** The picture as a list, for people who do not see it: step, how it stands, who and when. */
export function DiagramOutline({ page }: { page: InstancePageView }) {
  const { t } = useTranslation()
  // Decisions, frames and ways out make the picture, not the list of steps.
  const named = page.outline.filter((step) => step.name && !/Gateway$|^SubProcess$|^BoundaryEvent$/.test(step.type))
  return (
    <section aria-labelledby="outline-title" tabIndex={0} className={classes.steps}>
      <Title order={2} size="h3" id="outline-title" mb={8}>
        {t('kit.diagram.steps')}
      </Title>
      <ol className={classes.outline}>
        {named.map((step) => {
          const Icon = icons[step.status]
          const visit = page.visits.findLast((one) => one.id === step.id && !one.flow)
          return (
            <li key={step.id} data-status={step.status}>
              <Icon aria-hidden size={16} />
              <div>
                <div>
                  {step.name} <span className="cauce-sr">({t(`kit.diagram.${step.status}`)})</span>
                </div>
                {visit && step.status !== 'pending' && (
                  <div className={classes.when}>
                    {[visit.who, formatDateTime(visit.at)].filter(Boolean).join(' · ')}
                  </div>
                )}
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
