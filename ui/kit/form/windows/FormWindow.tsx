import { Skeleton, Text } from '@mantine/core'
import { ErrorNote } from '../../feedback/ErrorNote.tsx'
import { FormModal } from './FormModal.tsx'
import { FormRenderer, type FormRendererProps, type FormSubmission } from '../FormRenderer.tsx'

/** What a form opens with. */
export type FormOpening = Pick<
  FormRendererProps,
  'form' | 'data' | 'begun' | 'environment' | 'labels' | 'code' | 'hidden' | 'depth'
>

/** A form with one button, in a window over the page. */
export function FormWindow(props: {
  title: string
  /** What the button says. */
  submit: string
  /** null: on its way. */
  opening: FormOpening | null
  error?: Error | null
  onRetry?: () => void
  onClose: () => void
  onSubmit: (submission: FormSubmission) => Promise<unknown>
}) {
  const { title, submit, opening, error, onRetry, onClose, onSubmit } = props
  return (
    <FormModal title={title} onClose={onClose}>
      {({ close, onTouched }) =>
        error ? (
          <ErrorNote error={error} {...(onRetry ? { onRetry } : {})} />
        ) : !opening ? (
          <Skeleton height={240} aria-busy />
        ) : (
          <>
            {opening.form.help && (
              <Text c="dimmed" size="sm" mb="md">
                {opening.form.help}
              </Text>
            )}
            <FormRenderer
              {...opening}
              actions={[{ key: 'done', label: submit, kind: 'primary' }]}
              onTouched={onTouched}
              onCancel={close}
              onSubmit={(_, submission) => onSubmit(submission)}
            />
          </>
        )
      }
    </FormModal>
  )
}
