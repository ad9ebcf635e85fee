import { Skeleton, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import type { FormView, OutcomeView } from '#engine/contract'
import type { FormSchema, JsonObject } from '#forms'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { OpenForm } from './OpenForm.tsx'
import type { PageEnvironment } from './state/toEnvironment.ts'
import { useFormModel } from './state/useFormModel.ts'

/** A way to finish a form: an outcome of a task, "Guardar", "Crear". */
export interface FormAction extends Pick<OutcomeView, 'key' | 'label' | 'kind'> {
  /** Names the consequence; asked before going on. */
  confirm?: string | null
  /** A reason is asked in place. */
  reason?: boolean
  /** The password is asked again. */
  reauthenticate?: boolean
}

export interface FormSubmission {
  data: JsonObject
  /** Fields the person edited. */
  touched: string[]
  reason?: string
  password?: string
  /** The person saw the warnings and goes on. */
  warned?: boolean
  /** What the page's own sections hold, by name. */
  related?: JsonObject
}

/** A section that the page draws: records that refer to this one. */
export interface MoreSection {
  /** Name of the relation. */
  name: string
  title: string
  content: ReactNode
}

export interface FormRendererProps {
  form: FormView
  /** As the server gave it: `environment` knows what follows from it. */
  data: JsonObject
  /** Values over it that the page fills in, of which the server has not been told. */
  begun?: JsonObject
  environment: PageEnvironment
  labels?: Record<string, Record<string, string>>
  /** The first `primary` one is the usual way. Empty: nothing can be sent (a closed task). */
  actions: FormAction[]
  /** Sends. A thrown ApiError with issues puts them beside their fields; other errors show above the buttons. */
  onSubmit: (action: FormAction, submission: FormSubmission) => Promise<unknown>
  onCancel?: () => void
  /** Saves what is typed by itself under this key; null: does not. */
  draftKey?: string | null
  draft?: { data: JsonObject; savedAt: string } | null
  readOnly?: boolean
  /** The field of the code that a new record will get: the form tells which. */
  code?: FormSchema | undefined
  /** Fields that the page fills in itself: not drawn. */
  hidden?: string[]
  /** Sections after those of the form, which the page draws. Their values are kept with the form's, and in its draft. */
  moreSections?: MoreSection[]
  /** The person has typed something. */
  onTouched?: () => void
  /** How many forms stand around this one (creation in place). */
  depth?: number
  /** Called when a submission failed; answer true when the page shows it itself. */
  onRefused?: (error: unknown) => boolean
  /** True once the page around has saved by itself (a conflict that was settled): leaving asks nothing then. */
  isSaved?: () => boolean
}

/** Draws a form: sections, live rules, drafts, errors and the buttons that finish it. */
export function FormRenderer(props: FormRendererProps) {
  const { data: ready, error, refetch } = useFormModel(props.form)
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!ready)
    return (
      <Stack gap="lg" aria-busy>
        {[0, 1, 2, 3].map((row) => (
          <Skeleton key={row} height={56} />
        ))}
      </Stack>
    )
  return <OpenForm key={props.form.hash} {...props} model={ready.model} validator={ready.validator} />
}
