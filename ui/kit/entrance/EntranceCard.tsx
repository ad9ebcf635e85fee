import { Alert, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../feedback/errorText.ts'

/** One question with its heading, and what went wrong with the answer. */
export function EntranceCard(props: {
  title: string
  text?: ReactNode
  error?: unknown
  /** Said instead of an error: what is done already. */
  note?: string | undefined
  children?: ReactNode
}) {
  const { title, text, error, note, children } = props
  const { t, i18n } = useTranslation()
  return (
    <Paper p={{ base: 'lg', xs: 32 }} w="100%" maw={420}>
      <Stack gap="md">
        <div>
          <Title order={1}>{title}</Title>
          {text && <Text c="dimmed">{text}</Text>}
        </div>
        {note && (
          <Alert role="status" color="green">
            <Text size="sm" c="#14532d">
              {note}
            </Text>
          </Alert>
        )}
        {error !== undefined && error !== null && (
          <Alert role="alert" color="red">
            <Text size="sm" c="#7d1d1d">
              {errorText(error, t, i18n.language)}
            </Text>
          </Alert>
        )}
        {children}
      </Stack>
    </Paper>
  )
}
