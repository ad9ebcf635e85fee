import { Badge, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FindingView } from '#engine/contract'
import classes from './FindingsPanel.module.css'

interface Props {
  findings: FindingView[]
  /** Where a finding is, in words: the title of the file and the name of the step. */
  placeOf: (finding: FindingView) => string
  onOpen: (finding: FindingView) => void
  checking: boolean
}

/** What is wrong with the draft and how to mend it; a click goes to the place. */
export function FindingsPanel({ findings, placeOf, onOpen, checking }: Props) {
  const { t } = useTranslation()
  const errors = findings.filter((finding) => finding.severity === 'error').length
  return (
    <section className={classes.panel} aria-labelledby="studio-findings">
      <Group gap={8} px={12} py={8} className={classes.head}>
        <Title order={2} size="h3" id="studio-findings">
          {t('studio.findings.title')}
        </Title>
        {errors > 0 && (
          <Badge color="red" variant="light">
            {t('studio.findings.errors', { count: errors })}
          </Badge>
        )}
        {findings.length > errors && (
          <Badge color="yellow" variant="light" c="#7a4a00">
            {t('studio.findings.warnings', { count: findings.length - errors })}
          </Badge>
        )}
        <Text size="sm" c="dimmed" role="status">
          {checking ? t('studio.findings.checking') : findings.length === 0 ? t('studio.findings.none') : ''}
        </Text>
        {findings.length === 0 && !checking && <IconCircleCheck size={18} color="#2f7d32" aria-hidden />}
      </Group>
      <div className={classes.list}>
        <Stack gap={0} component="ul" m={0} p={0}>
          {findings.map((finding) => (
            <li key={`${finding.code} ${finding.file} ${finding.at} ${finding.message}`} className={classes.item}>
              <UnstyledButton className={classes.button} onClick={() => onOpen(finding)}>
                {finding.severity === 'error' ? (
                  <IconCircleX size={18} color="#c02626" aria-label={t('studio.findings.error')} />
                ) : (
                  <IconAlertTriangle size={18} color="#b25e00" aria-label={t('studio.findings.warning')} />
                )}
                <span>
                  <Text span size="sm">
                    {finding.message}
                  </Text>
                  {finding.cure && (
                    <Text span size="sm" c="dimmed">
                      {' '}
                      — {finding.cure}
                    </Text>
                  )}
                  <Text span size="xs" c="dimmed" display="block">
                    {placeOf(finding)}
                  </Text>
                </span>
              </UnstyledButton>
            </li>
          ))}
        </Stack>
      </div>
    </section>
  )
}
