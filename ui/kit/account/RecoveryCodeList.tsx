import { Button, CopyButton, Group, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './account.module.css'

/** The recovery codes, once. */
export function RecoveryCodeList({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md" role="status">
      <div>
        <Title order={2}>{t('kit.factor.codesTitle')}</Title>
        <Text c="dimmed">{t('kit.factor.codesText')}</Text>
      </div>
      <ul className={classes.codes} aria-label={t('kit.factor.codesList')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="xs">
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'kit.factor.copied' : 'kit.factor.copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>{t('kit.factor.done')}</Button>
      </Group>
    </Stack>
  )
}
