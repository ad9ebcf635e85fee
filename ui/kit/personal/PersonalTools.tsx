import { Alert, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useExportOwnData, useRequestCorrection } from '../../client/people/usePersonal.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'

const shortest = 10

/** One's own data to take away, and the request to have it corrected. */
export function PersonalTools() {
  const { t } = useTranslation()
  const taking = useExportOwnData()
  return (
    <Stack gap="xl" mt="xl">
      <section aria-labelledby="own-data">
        <Title order={2} size="h4" id="own-data">
          {t('kit.privacy.exportTitle')}
        </Title>
        <Text c="dimmed" mb="sm">
          {t('kit.privacy.exportText')}
        </Text>
        {taking.error && <ErrorNote error={taking.error} />}
        <Group gap="sm">
          {(['pdf', 'json'] as const).map((format) => (
            <Button
              key={format}
              variant="default"
              leftSection={<IconDownload aria-hidden size={16} />}
              loading={taking.isPending && taking.variables === format}
              onClick={() => taking.mutate(format)}
            >
              {t(`kit.privacy.formats.${format}`)}
            </Button>
          ))}
        </Group>
      </section>
      <CorrectionForm />
    </Stack>
  )
}

function CorrectionForm() {
  const { t } = useTranslation()
  const ask = useRequestCorrection()
  const [text, setText] = useState('')
  const [isShort, setShort] = useState(false)
  return (
    <section aria-labelledby="own-correction">
      <Title order={2} size="h4" id="own-correction">
        {t('kit.privacy.correctionTitle')}
      </Title>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const given = text.trim()
          setShort(given.length < shortest)
          if (given.length >= shortest) ask.mutate(given, { onSuccess: () => setText('') })
        }}
      >
        <Stack gap="sm">
          <Textarea
            label={t('kit.privacy.correctionLabel')}
            autosize
            minRows={3}
            maxLength={2000}
            value={text}
            error={isShort && text.trim().length < shortest ? t('kit.privacy.correctionShort') : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {ask.error && <ErrorNote error={ask.error} />}
          {ask.isSuccess && (
            <Alert role="status" color="green">
              <Text size="sm" c="#14532d">
                {t('kit.privacy.correctionSent')}
              </Text>
            </Alert>
          )}
          <div>
            <Button type="submit" variant="default" loading={ask.isPending}>
              {t('kit.privacy.correctionSend')}
            </Button>
          </div>
        </Stack>
      </form>
    </section>
  )
}
