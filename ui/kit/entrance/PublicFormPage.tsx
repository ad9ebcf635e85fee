import { Anchor, Button, Center, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconMailCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { PublicProcessView } from '#engine/contract'
import { usePublicProcess, useSendPublicForm } from '../../client/cases/usePublicProcess.ts'
import { Mark } from '../app/Mark.tsx'
import { paths } from '../app/paths.ts'
import { PageError } from '../feedback/PageError.tsx'
import { FormRenderer } from '../form/FormRenderer.tsx'
import { toEnvironment } from '../form/state/toEnvironment.ts'

/** A form for strangers: nothing is kept in this browser, and the answer is the same whatever was written. */
export function PublicFormPage() {
  const key = useParams().process!
  const { t } = useTranslation()
  const { data: offered, error, refetch } = usePublicProcess(key)
  const [isSent, setSent] = useState(false)
  useDocumentTitle(`${offered?.title ?? t('kit.loading')} · Cauce`)
  return (
    <Center component="main" p="md" pt={{ base: 'md', sm: 48 }}>
      <Stack w="100%" maw={620} gap="lg">
        <Group gap={10} justify="center">
          <Mark size={32} />
          <Text fw={700} fz={22}>
            Cauce
          </Text>
        </Group>
        {error ? (
          <PageError error={error} onRetry={() => void refetch()} />
        ) : !offered ? (
          <Skeleton height={420} aria-busy />
        ) : isSent ? (
          <Sent title={offered.title} />
        ) : (
          <OpenPublicForm offered={offered} onSent={() => setSent(true)} />
        )}
      </Stack>
    </Center>
  )
}

function OpenPublicForm({ offered, onSent }: { offered: PublicProcessView; onSent: () => void }) {
  const { t } = useTranslation()
  const send = useSendPublicForm(offered.key)
  const { form } = offered
  return (
    <>
      <div>
        <Title order={1}>{offered.title}</Title>
        {form.help && <Text c="dimmed">{form.help}</Text>}
      </div>
      <Paper p={{ base: 'md', sm: 'lg' }} pb={0}>
        <FormRenderer
          form={form}
          data={offered.data}
          environment={toEnvironment(offered.environment)}
          draftKey={null}
          actions={[{ key: 'start', label: form.submit ?? t('kit.public.submit'), kind: 'primary' }]}
          onSubmit={async (_, { data, warned }) => {
            await send.mutateAsync({ data, ...(warned ? { warned } : {}) })
            window.scrollTo(0, 0)
            onSent()
          }}
        />
      </Paper>
      <Anchor component={Link} to={paths.home} ta="center" py={8} underline="always">
        {t('kit.public.back')}
      </Anchor>
    </>
  )
}

function Sent({ title }: { title: string }) {
  const { t } = useTranslation()
  return (
    <Paper p={{ base: 'lg', xs: 32 }} role="status">
      <Stack align="center" gap="md">
        <IconMailCheck aria-hidden size={40} color="#1c6b34" />
        <Title order={1} ta="center">
          {t('kit.public.sent')}
        </Title>
        <Text ta="center">{t('kit.public.sentText', { what: title })}</Text>
        <Button component={Link} to={paths.home} variant="default">
          {t('kit.public.back')}
        </Button>
      </Stack>
    </Paper>
  )
}
