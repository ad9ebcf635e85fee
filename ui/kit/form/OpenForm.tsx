import type { ValidatorType } from '@rjsf/utils'
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import { checkForm, type CompiledValidator, type FormModel, type Issue, type JsonObject } from '#forms'
import { ApiError } from '../../client/http/ApiError.ts'
import { draftStorage } from '../../client/drafts/draftStorage.ts'
import { useFormDraft } from '../../client/drafts/useFormDraft.ts'
import { CodeHint } from './notes/CodeHint.tsx'
import { confirmationOf } from './schema/confirmationOf.ts'
import { displaySchema, displayUiSchema } from './schema/displaySchema.ts'
import { ErrorSummary } from './notes/ErrorSummary.tsx'
import { FormFooter } from './FormFooter.tsx'
import type { FormAction, FormRendererProps, FormSubmission } from './FormRenderer.tsx'
import { FormScope } from './FormScope.ts'
import { formSections, relatedRoot } from './sections/formSections.ts'
import { createFormStore } from './state/formStore.ts'
import { createFormValidator } from './state/formValidator.ts'
import { SectionIndex } from './sections/SectionIndex.tsx'
import { SectionsContext } from './sections/SectionsContext.ts'
import { fieldPath } from './schema/schemaAt.ts'
import { ThemedForm } from './formTheme.tsx'
import { LeaveGuard } from './windows/LeaveGuard.tsx'
import { useFacts } from './state/useFacts.ts'
import { useReferenceRows } from './state/useReferenceRows.ts'
import { useSectionPages } from './sections/useSectionPages.ts'
import classes from './form.module.css'

/** The library keeps no values: they go between store and controls. */
const nothing = {}
const defaultsOff = { arrayMinItems: { populate: 'never' }, emptyObjectFields: 'skipDefaults' } as const

/** A form with its model and validator at hand. */
export function OpenForm(props: FormRendererProps & { model: FormModel; validator: CompiledValidator }) {
  const { form, model, validator, environment, actions, labels, draftKey = null, readOnly = false, depth = 0 } = props
  const idPrefix = `f${useId().replace(/\W/g, '')}`
  const [opening] = useState(() => openingData(props))
  const [store] = useState(() => createFormStore({ model, validator, data: opening.data, environment }))
  const draft = useFormDraft(readOnly || actions.length === 0 ? null : draftKey, props.draft?.savedAt ?? null)
  const [underway] = useState(() => new Set<Promise<unknown>>())
  useReferenceRows(store, underway, opening.isTold, labels)
  // As the form opened with it: what is asked for does not change while it stays open.
  const [ask] = useState(environment.ask)
  useFacts(store, ask, opening.isTold)

  const schema = useMemo(() => displaySchema(form.schema), [form.schema])
  const uiSchema = useMemo(() => displayUiSchema(form.schema), [form.schema])
  // As the form opened with them.
  const [{ hidden, moreSections = [] }] = useState(props)
  const sections = useMemo(() => formSections(form, hidden, moreSections), [form, hidden, moreSections])
  const more = useMemo(
    () => new Map(moreSections.map(({ name, content }) => [`${relatedRoot}.${name}`, content])),
    [moreSections],
  )
  const [revealers] = useState(() => new Map<string, (path: string) => boolean>())
  const { reveal, ...pages } = useSectionPages(sections, { idPrefix, revealers })
  const scope = useMemo(
    () => ({
      ...{ store, entity: form.entity ?? null, labels: labels ?? {}, readOnly, idPrefix, depth },
      ...{ underway, revealers, reveal },
    }),
    [store, form.entity, labels, readOnly, idPrefix, depth, underway, revealers, reveal],
  )
  const rjsfValidator = useMemo<ValidatorType>(() => createFormValidator(store), [store])

  const saveDraft = draft.save
  const { onTouched } = props
  useEffect(() => {
    let last = store.getSnapshot().raw
    return store.subscribe(() => {
      const next = store.getSnapshot().raw
      if (next === last) return
      last = next
      if (store.getSnapshot().touched.size === 0) return
      saveDraft(next)
      onTouched?.()
    })
  }, [store, saveDraft, onTouched])

  /** What is being sent may lead away from here. */
  const isFinishing = useRef(false)
  const [busy, setBusy] = useState<string | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [warnings, setWarnings] = useState<{ action: FormAction; issues: Issue[] } | null>(null)
  const summary = useRef<HTMLDivElement>(null)
  const showErrors = useCallback(
    (issues: Issue[]) => {
      const first = issues.find((issue) => issue.level === 'error')
      requestAnimationFrame(() => {
        if (!first || !reveal(fieldPath(store.model.schema, first.path))) summary.current?.focus()
      })
    },
    [store, reveal],
  )

  const [opened] = useState({ data: props.data, environment })
  const told = useRef<Issue[] | null>(null)
  /** What the record was warned about as it was saved: worked out when it is asked for, not while the form opens. */
  const toldBefore = () =>
    (told.current ??=
      opened.environment.record === null
        ? []
        : checkForm(model, validator, opened.data, opened.environment).issues.filter(({ level }) => level === 'warn'))
  /** null: the form refused; else what is to be sent. */
  const ready = (action: FormAction, warned: boolean): JsonObject | null => {
    setFailure(null)
    const { value, issues } = store.check(action.key)
    if (issues.some((issue) => issue.level === 'error')) {
      showErrors(issues)
      return null
    }
    // What the record was saved with has been confirmed then: only what this person brings about is asked.
    const asks = issues.filter(
      (issue) =>
        issue.level === 'warn' &&
        (store.getSnapshot().touched.has(issue.path.split('.')[0]!) ||
          !toldBefore().some((old) => old.path === issue.path && old.message === issue.message)),
    )
    if (asks.length && !warned) {
      setWarnings({ action, issues: asks })
      return null
    }
    return value
  }
  const send = async (action: FormAction, extra: Omit<FormSubmission, 'data' | 'touched'>) => {
    const data = ready(action, extra.warned === true)
    if (!data) return
    setBusy(action.key)
    setWarnings(null)
    isFinishing.current = true
    try {
      const { raw, touched } = store.getSnapshot()
      // What is being sent is not to come back as a draft afterwards.
      await draft.pause()
      const related = raw[relatedRoot]
      await props.onSubmit(action, {
        ...extra,
        data,
        touched: [...touched],
        ...(related && typeof related === 'object' && !Array.isArray(related) ? { related } : {}),
      })
      // The server drops its draft in the same transaction; this browser must not send it again.
      draft.forget(false)
    } catch (error) {
      isFinishing.current = false
      draft.resume()
      if (props.onRefused?.(error)) return
      if (error instanceof ApiError && error.code === 'form.warned') setWarnings({ action, issues: error.issues })
      else if (error instanceof ApiError && error.issues.length) {
        const issues = moreSections.length ? error.issues.map(besideForm) : error.issues
        store.refuse(issues)
        showErrors(issues)
      } else setFailure(error)
    } finally {
      setBusy(null)
    }
  }

  return (
    <FormScope.Provider value={scope}>
      <SectionsContext.Provider value={{ sections, more, ...pages }}>
        <div className={classes.frame}>
          <ErrorSummary ref={summary} />
          {props.code && <CodeHint code={props.code} />}
          <div className={classes.body} data-indexed={pages.paged || undefined}>
            {pages.paged && <SectionIndex />}
            <ThemedForm
              // The buttons stand outside and forms nest (creation in place): a <div> cannot submit by accident.
              tagName="div"
              schema={schema}
              uiSchema={uiSchema}
              formData={nothing}
              validator={rjsfValidator}
              idPrefix={idPrefix}
              idSeparator="."
              noHtml5Validate
              noValidate
              showErrorList={false}
              experimental_defaultFormStateBehavior={defaultsOff}
            >
              <></>
            </ThemedForm>
          </div>
          {depth === 0 && actions.length > 0 && !readOnly && (
            <LeaveGuard isFree={() => isFinishing.current || props.isSaved?.() === true} />
          )}
          {(actions.length > 0 || props.onCancel) && (
            <FormFooter
              actions={actions}
              busy={busy}
              draft={draft.state}
              failure={failure}
              warnings={warnings}
              check={(action) => ready(action, true) !== null}
              underway={() => (underway.size > 0 ? Promise.allSettled([...underway]) : null)}
              confirmation={() => confirmationOf(form, store.getSnapshot().settled.value)}
              onSend={(action, extra) => void send(action, extra)}
              onBack={() => setWarnings(null)}
              {...(props.onCancel ? { onCancel: props.onCancel } : {})}
            />
          )}
        </div>
      </SectionsContext.Provider>
    </FormScope.Provider>
  )
}

/** A finding about a record beside this one stands in the section that the page draws. */
const besideForm = (issue: Issue): Issue =>
  issue.path.startsWith('related.') ? { ...issue, path: `$${issue.path}` } : issue

/**
 * What the form opens with: the proposal, over it what the page begins it with, the server's draft, and what this
 * browser could not send. `isTold`: nothing over the proposal, so the server has said all that follows from it.
 */
function openingData(props: FormRendererProps): { data: JsonObject; isTold: boolean } {
  const { data, begun, draft, draftKey, readOnly } = props
  if (readOnly) return { data, isTold: true }
  const local = draftKey ? draftStorage.read(draftKey) : null
  const unsent = local && !local.sent && (!draft || local.savedAt > draft.savedAt) ? local.data : null
  return { data: { ...data, ...begun, ...draft?.data, ...unsent }, isTold: !begun && !draft && !unsent }
}
