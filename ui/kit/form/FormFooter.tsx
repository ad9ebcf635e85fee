import { Alert, Button, Group, List, Textarea } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Issue } from '#forms'
import type { DraftState } from '../../client/drafts/useFormDraft.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { ConfirmDialog } from './windows/ConfirmDialog.tsx'
import { DraftNote } from './notes/DraftNote.tsx'
import type { FormAction, FormSubmission } from './FormRenderer.tsx'
import classes from './form.module.css'

type Extra = Omit<FormSubmission, 'data' | 'touched'>

interface FormFooterProps {
  actions: FormAction[]
  busy: string | null
  draft: DraftState
  failure: unknown
  warnings: { action: FormAction; issues: Issue[] } | null
  /** May this action be asked about now? Shows the errors when not. */
  check: (action: FormAction) => boolean
  /** What is still on its way (files, rows that were chosen), as one promise; null when there is nothing. */
  underway: () => Promise<unknown> | null
  /** What the form itself asks once more before it is sent. */
  confirmation: () => string | null
  onSend: (action: FormAction, extra: Extra) => void
  onBack: () => void
  onCancel?: () => void
}

/** The buttons that finish a form, always in sight, and what they ask before they act. */
export function FormFooter({
  actions,
  busy,
  draft,
  failure,
  warnings,
  check,
  underway,
  confirmation,
  onSend,
  onBack,
  onCancel,
}: FormFooterProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<FormAction | null>(null)
  const [confirming, setConfirming] = useState<FormAction | null>(null)
  const [extra, setExtra] = useState<Extra>({})
  const [missing, setMissing] = useState(false)

  const [waiting, setWaiting] = useState<string | null>(null)
  /**
   * A button pressed while a file is on its way waits for it, instead of complaining that the file is missing; so for a
   * row, and what follows from it.
   */
  const start = (action: FormAction) => {
    const pending = underway()
    if (!pending) return begin(action)
    setWaiting(action.key)
    void pending.then(() => {
      // The field takes the file over with the next drawing.
      setTimeout(() => {
        setWaiting(null)
        start(action)
      }, 50)
    })
  }
  const begin = (given: FormAction) => {
    if (!check(given)) return
    const asked = given.confirm ?? confirmation()
    const action = asked === null ? given : { ...given, confirm: asked }
    setExtra({})
    setMissing(false)
    if (action.reason) setAsking(action)
    else if (action.confirm || action.reauthenticate) setConfirming(action)
    else onSend(action, {})
  }
  const finish = (action: FormAction, said: Extra) => {
    setAsking(null)
    setConfirming(null)
    onSend(action, said)
  }
  const afterReason = (action: FormAction) => {
    if (!extra.reason?.trim()) return setMissing(true)
    if (action.confirm || action.reauthenticate) return setConfirming(action)
    finish(action, { reason: extra.reason.trim() })
  }

  return (
    <div className={classes.footer}>
      {failure !== null && failure !== undefined && (
        <div style={{ marginBottom: 12 }}>
          <ErrorNote error={failure} />
        </div>
      )}
      {warnings && (
        <Alert
          color="yellow"
          role="alert"
          mb={12}
          icon={<IconAlertTriangle aria-hidden />}
          title={t('kit.form.warned')}
        >
          <List size="sm">
            {warnings.issues.map((issue, index) => (
              <List.Item key={index}>{issue.message}</List.Item>
            ))}
          </List>
          <Group gap="xs" mt="sm">
            <Button size="xs" onClick={() => onSend(warnings.action, { ...extra, warned: true })}>
              {t('kit.form.goOn')}
            </Button>
            <Button size="xs" variant="default" onClick={onBack}>
              {t('kit.form.goBack')}
            </Button>
          </Group>
        </Alert>
      )}
      {asking && (
        <div className={classes.ask}>
          <Textarea
            label={t('kit.form.reason', { action: asking.label })}
            withAsterisk
            autosize
            minRows={2}
            data-autofocus
            autoFocus
            value={extra.reason ?? ''}
            error={missing && !extra.reason?.trim() ? t('kit.form.reasonMissing') : undefined}
            onChange={(event) => setExtra({ ...extra, reason: event.currentTarget.value })}
          />
          <Group gap="xs" mt="sm">
            <Button
              color={asking.kind === 'danger' ? 'red' : undefined}
              loading={(busy ?? waiting) === asking.key}
              onClick={() => afterReason(asking)}
            >
              {asking.label}
            </Button>
            <Button variant="default" onClick={() => setAsking(null)}>
              {t('kit.cancel')}
            </Button>
          </Group>
        </div>
      )}
      <div className={classes.footerRow}>
        <div className={classes.saved} aria-live="polite">
          <DraftNote state={draft} />
        </div>
        {onCancel && (
          <Button variant="subtle" color="gray" onClick={onCancel}>
            {t('kit.cancel')}
          </Button>
        )}
        {!asking &&
          [...actions].sort(usualLast).map((action) => (
            <Button
              key={action.key}
              {...looks[action.kind]}
              loading={(busy ?? waiting) === action.key}
              disabled={(busy ?? waiting) !== null && busy !== action.key}
              onClick={() => start(action)}
            >
              {action.label}
            </Button>
          ))}
      </div>
      {confirming && (
        <ConfirmDialog
          action={confirming}
          onClose={() => setConfirming(null)}
          onConfirm={(password) => finish(confirming, { ...extra, ...(password ? { password } : {}) })}
        />
      )}
    </div>
  )
}

const looks = {
  primary: { variant: 'filled' },
  neutral: { variant: 'default' },
  danger: { variant: 'outline', color: 'red' },
} as const
const order = { danger: 0, neutral: 1, primary: 2 }
/** The usual way stands last, at the right, where the eye ends. */
const usualLast = (a: FormAction, b: FormAction) => order[a.kind] - order[b.kind]
