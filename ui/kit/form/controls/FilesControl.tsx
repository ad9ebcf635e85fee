import { Box, Button, Group, Input, Progress, Stack, Text } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { uploadFile } from '../../../client/http/uploadFile.ts'
import { errorText } from '../../feedback/errorText.ts'
import { formatBytes } from '../../values/formatValue.ts'
import { useFormScope } from '../FormScope.ts'
import { fileRule, refuseContent, refuseFile, refuseSize, type FileRefusal, type FileRule } from '../schema/fileRule.ts'
import { reducePhoto } from './reducePhoto.ts'
import type { ControlProps } from './ControlProps.ts'
import { HeldFiles } from './HeldFiles.tsx'
import { wrapperProps } from './wrapperProps.tsx'
import classes from './FilesControl.module.css'

interface Sending {
  key: number
  name: string
  share: number
  problem: string | null
  stop: AbortController
}

/** One file: a field that holds a file id. */
export function FileControl(props: ControlProps) {
  const held = typeof props.value === 'string' ? [props.value] : []
  return (
    <FileDrop
      {...props}
      held={held}
      rule={fileRule(props.schema)}
      limit={1}
      onHeld={(next) => props.onChange(next.at(-1))}
    />
  )
}

/** Several files: a list of file ids. */
export function FilesControl(props: ControlProps) {
  const held = Array.isArray(props.value) ? props.value.map(String) : []
  const { maxItems } = props.schema
  return (
    <FileDrop
      {...props}
      held={held}
      rule={fileRule(props.schema.items ?? {})}
      limit={typeof maxItems === 'number' ? maxItems : 50}
      onHeld={(next) => props.onChange(next.length ? next : undefined)}
    />
  )
}

type DropProps = ControlProps & { held: string[]; rule: FileRule; limit: number; onHeld: (ids: string[]) => void }

/** Drop zone, progress, preview and removal. Type and size are checked before a byte leaves. */
function FileDrop({ held, rule, limit, onHeld, ...props }: DropProps) {
  const { t, i18n } = useTranslation()
  const { underway } = useFormScope()
  const picker = useRef<HTMLInputElement>(null)
  const zone = useRef<HTMLDivElement>(null)
  const [over, setOver] = useState(false)
  const [sending, setSending] = useState<Sending[]>([])
  const current = useRef(held)
  current.current = held
  const { bare } = props
  const full = held.length >= limit && limit > 1

  const change = (key: number, part: Partial<Sending>) =>
    setSending((before) => before.map((one) => (one.key === key ? { ...one, ...part } : one)))

  const send = async (original: File) => {
    const key = Math.random()
    const stop = new AbortController()
    const start = (problem: string | null) =>
      setSending((before) => [
        ...before.filter((one) => !one.problem),
        { key, name: original.name, share: 0, problem, stop },
      ])
    const refusal = refuseFile(original, rule)
    if (refusal) return start(refusalText(refusal, original.name, t))
    start(null)
    let done = () => undefined as void
    const onItsWay = new Promise<void>((resolve) => (done = resolve))
    underway.add(onItsWay)
    try {
      const file = rule.photo ? await reducePhoto(original) : original
      const tooLarge = refuseSize(file, rule)
      if (tooLarge) return change(key, { problem: refusalText(tooLarge, original.name, t) })
      const stored = await uploadFile(file, (share) => change(key, { share }), stop.signal)
      const refused = refuseContent(stored, rule)
      if (refused) return change(key, { problem: refusalText(refused, original.name, t) })
      setSending((before) => before.filter((one) => one.key !== key))
      // Another file may be ready before this one is drawn.
      current.current = limit === 1 ? [stored.id] : [...current.current, stored.id].slice(0, limit)
      onHeld(current.current)
    } catch (error) {
      if (stop.signal.aborted) setSending((before) => before.filter((one) => one.key !== key))
      else change(key, { problem: `${original.name}: ${errorText(error, t, i18n.language)}` })
    } finally {
      underway.delete(onItsWay)
      done()
    }
  }
  const sendAll = (files: FileList | null) => {
    for (const file of [...(files ?? [])].slice(0, limit === 1 ? 1 : limit - held.length)) void send(file)
    if (picker.current) picker.current.value = ''
  }

  const hints = [
    rule.types.map((type) => type.toUpperCase()).join(', '),
    rule.max ? t('kit.file.upTo', { max: formatBytes(rule.max) }) : '',
  ]
  const problem = sending.find((one) => one.problem)?.problem ?? null
  useEffect(() => {
    if (problem) zone.current?.scrollIntoView({ block: 'nearest' })
  }, [problem])
  const { size: _size, 'aria-label': _label, ...wrapper } = wrapperProps(props) as Record<string, unknown>
  return (
    <Input.Wrapper {...wrapper} error={props.error ?? problem ?? undefined} labelElement="div">
      <Stack gap={8}>
        <HeldFiles ids={held} photos={rule.photo} onChange={onHeld} />
        {sending
          .filter((one) => !one.problem)
          .map((one) => (
            <Group key={one.key} gap="sm" wrap="nowrap">
              <Text size="sm" truncate flex={1}>
                {one.name}
              </Text>
              <Progress value={one.share * 100} w={140} aria-label={t('kit.file.sending', { name: one.name })} />
              <Button size="compact-xs" variant="subtle" onClick={() => one.stop.abort()}>
                {t('kit.cancel')}
              </Button>
            </Group>
          ))}
        {!full && (limit > 1 || held.length === 0) && (
          <Box
            ref={zone}
            className={classes.zone}
            data-over={over || undefined}
            data-invalid={props.error || problem ? true : undefined}
            data-bare={bare || undefined}
            onDragOver={(event) => {
              event.preventDefault()
              setOver(true)
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
              event.preventDefault()
              setOver(false)
              sendAll(event.dataTransfer.files)
            }}
          >
            <Button
              id={props.id}
              variant="default"
              size={bare ? 'compact-xs' : 'xs'}
              leftSection={<IconUpload aria-hidden size={14} />}
              aria-label={`${props.label}: ${t('kit.file.choose')}`}
              onClick={() => picker.current?.click()}
              onBlur={props.onBlur}
            >
              {t('kit.file.choose')}
            </Button>
            {!bare && (
              <Text size="xs" c="dimmed">
                <span className={classes.orDrop}>{t('kit.file.orDrop')} </span>
                {hints.filter(Boolean).join(' · ')}
              </Text>
            )}
            <input
              ref={picker}
              type="file"
              hidden
              multiple={limit > 1}
              accept={rule.types.map((type) => `.${type}`).join(',') || undefined}
              capture={undefined}
              onChange={(event) => sendAll(event.currentTarget.files)}
            />
          </Box>
        )}
      </Stack>
    </Input.Wrapper>
  )
}

function refusalText(refusal: FileRefusal, name: string, t: TFunction): string {
  if (refusal.reason === 'size') return t('kit.file.tooLarge', { name, max: formatBytes(refusal.max) })
  if (refusal.reason === 'type') return t('kit.file.wrongType', { name, types: refusal.types })
  return refusal.reason === 'heic' ? `${name}: ${t('errors.photo.heic')}` : t('kit.file.empty', { name })
}
