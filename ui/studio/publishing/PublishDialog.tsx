import { Alert, Button, Group, List, Loader, Modal, Stack, Text, Textarea } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingView, PublishAnswer } from '#engine/contract'
import { ApiError } from '../../client/http/ApiError.ts'
import { request } from '../../client/http/request.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { useVersions } from '../pack/useStudioPack.ts'

interface Props {
  pack: string
  number: number
  changed: string[]
  /** Errors that are known already: publishing would be refused. */
  errors: FindingView[]
  /** Saves what is still unsaved; false when it could not. */
  beforePublish: () => Promise<boolean>
  onPublished: (answer: PublishAnswer) => void
  onRefused: (findings: FindingView[]) => void
  /** `published`: a version was installed, the studio begins anew. */
  onClose: (published: boolean) => void
}

/** What publishing will do, before it is done; and what it did, or why it was refused. */
export function PublishDialog({
  pack,
  number,
  changed,
  errors,
  beforePublish,
  onPublished,
  onRefused,
  onClose,
}: Props) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const versions = useVersions(pack, true)
  const publish = useMutation({
    mutationFn: async () => {
      if (!(await beforePublish())) throw new Error(t('studio.publish.unsaved'))
      return request('publishDraft', { params: { pack }, body: note.trim() ? { note: note.trim() } : {} })
    },
    onSuccess: onPublished,
    onError: (error) => {
      if (error instanceof ApiError && error.body?.findings) onRefused(error.body.findings)
    },
  })
  const refused =
    publish.error instanceof ApiError && publish.error.code === 'pack.invalid'
      ? (publish.error.body?.findings ?? [])
      : null
  const open = versions.data?.reduce((sum, version) => sum + version.openInstances, 0) ?? null
  return (
    <Modal
      opened
      onClose={() => onClose(publish.isSuccess)}
      size="lg"
      title={t('studio.publish.title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      {publish.data ? (
        <Stack gap={12}>
          <Alert color="green" icon={<IconCircleCheck aria-hidden />} role="status">
            {t('studio.publish.done', { number: publish.data.number })}
          </Alert>
          <Group justify="flex-end">
            <Button onClick={() => onClose(true)}>{t('kit.close')}</Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap={12}>
          <Text>{t('studio.publish.impact', { next: number + 1, number })}</Text>
          <List size="sm" spacing={4}>
            <List.Item>{t('studio.publish.files', { count: changed.length })}</List.Item>
            <List.Item>
              {versions.isPending ? (
                <Loader size="xs" />
              ) : open === null ? (
                t('studio.publish.openUnknown')
              ) : (
                t('studio.publish.open', { count: open })
              )}
            </List.Item>
            <List.Item>{t('studio.publish.rights')}</List.Item>
          </List>
          {errors.length > 0 && !refused && (
            <Alert color="red" icon={<IconCircleX aria-hidden />}>
              {t('studio.publish.errors', { count: errors.length })}
            </Alert>
          )}
          <Textarea
            label={t('studio.publish.note')}
            value={note}
            maxLength={500}
            autosize
            minRows={2}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {refused ? (
            <Alert color="red" role="alert" icon={<IconCircleX aria-hidden />} title={t('studio.publish.refused')}>
              <List size="sm" spacing={4}>
                {refused.slice(0, 8).map((finding) => (
                  <List.Item key={`${finding.code} ${finding.file} ${finding.at}`}>{finding.message}</List.Item>
                ))}
              </List>
              {refused.length > 8 && <Text size="sm">{t('studio.publish.more', { count: refused.length - 8 })}</Text>}
            </Alert>
          ) : (
            publish.error && <ErrorNote error={publish.error} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => onClose(false)}>
              {refused ? t('studio.publish.mend') : t('kit.cancel')}
            </Button>
            <Button loading={publish.isPending} disabled={changed.length === 0} onClick={() => publish.mutate()}>
              {t('studio.publish.button')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
