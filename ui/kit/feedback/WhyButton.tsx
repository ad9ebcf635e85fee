import { Button, List, Popover, Skeleton, Stack, Text } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useExplain, type ExplainQuery } from '../../client/administration/useExplain.ts'
import { ErrorNote } from './ErrorNote.tsx'

/** «¿Por qué?»: one sentence why this is (or is not) possible, and the rule behind it on request. */
export function WhyButton({ about, label }: { about: ExplainQuery; label?: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [detailed, setDetailed] = useState(false)
  const { data, error } = useExplain(about, open)
  return (
    <Popover opened={open} onChange={setOpen} width={320} position="bottom-start" withArrow trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconHelpCircle aria-hidden size={16} />}
          onClick={() => setOpen(!open)}
        >
          {label ?? t('kit.why.ask')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('kit.why.ask')}>
        {error ? (
          <ErrorNote error={error} />
        ) : !data ? (
          <Skeleton height={48} aria-busy />
        ) : (
          <Stack gap={8}>
            <Text>{data.sentence}</Text>
            {data.details.length > 0 && (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-expanded={detailed}
                onClick={() => setDetailed(!detailed)}
                style={{ alignSelf: 'flex-start' }}
              >
                {t(detailed ? 'kit.why.less' : 'kit.why.details')}
              </Button>
            )}
            {detailed && (
              <List size="sm" style={{ overflowWrap: 'anywhere' }}>
                {data.details.map((line) => (
                  <List.Item key={line}>{line}</List.Item>
                ))}
              </List>
            )}
          </Stack>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
