import { createContext, useContext, useMemo, useSyncExternalStore } from 'react'
import type { FormSchema, Issue } from '#forms'
import { fieldPath, schemaAt } from './schema/schemaAt.ts'
import { noNames, shownIssues, type FormSnapshot, type FormStore } from './state/formStore.ts'

export interface FormScopeValue {
  store: FormStore
  /** Whose fields the form shows; null: nobody's. */
  entity: string | null
  /** Names of what references point at when the form opened: field → id → label. */
  labels: Record<string, Record<string, string>>
  /** Everything is shown as text. */
  readOnly: boolean
  idPrefix: string
  /** Levels of "create in place" above this form. */
  depth: number
  /** Files on their way, and rows that were chosen and have to be read: the buttons of the form wait for them. */
  underway: Set<Promise<unknown>>
  /** Lists that draw only the rows in sight, by field: each brings a place within it into sight. */
  revealers: Map<string, (path: string) => boolean>
  /** Brings a field into sight, in whatever section it is, and gives it the keyboard. */
  reveal: (path: string) => boolean
}

export const FormScope = createContext<FormScopeValue | null>(null)

export function useFormScope(): FormScopeValue {
  const scope = useContext(FormScope)
  if (!scope) throw new Error('A control stands outside its form')
  return scope
}

/** Reads a part of the form's state; redraws only when that part changes. The selector must answer stable values. */
export function useFormPart<T>(select: (snapshot: FormSnapshot) => T): T {
  const { store } = useFormScope()
  return useSyncExternalStore(store.subscribe, () => select(store.getSnapshot()))
}

/** id → label of what a field refers to, as the form opened (`from`) and as it was learnt since. */
export function useNames(from: Record<string, string> | undefined): Record<string, string> {
  const learnt = useFormPart(({ names }) => names)
  return useMemo(() => (learnt === noNames ? (from ?? noNames) : { ...learnt, ...from }), [learnt, from])
}

/** Finding to show at a path: the worst of the field itself. */
export function useFieldIssue(path: string): Issue | null {
  const { store } = useFormScope()
  return useFormPart((snapshot) => issueAt(shownIssues(snapshot), path, store.model.schema))
}

const rank = { error: 0, warn: 1, info: 2 }
function issueAt(issues: Issue[], path: string, schema: FormSchema): Issue | null {
  let worst: Issue | null = null
  for (const issue of issues)
    if (fieldPath(schema, issue.path) === path && (!worst || rank[issue.level] < rank[worst.level])) worst = issue
  return worst
}

/** Shown, required and editable as they stand now; fields the model says nothing about are shown and editable. */
export function useFieldState(path: string) {
  const { store, readOnly } = useFormScope()
  const schema = schemaAt(store.model.schema, path) ?? {}
  const visible = useFormPart((snapshot) => snapshot.settled.visible[path] !== false)
  const required = useFormPart((snapshot) => snapshot.settled.required[path] === true)
  const formula = useFormPart((snapshot) => snapshot.settled.computedBy[path] ?? null)
  const editable = useFormPart((snapshot) => snapshot.settled.editable[path] !== false)
  return { schema, visible, required, formula, editable: editable && !readOnly && !schema.readOnly && formula === null }
}

export const controlId = (idPrefix: string, path: string) => `${idPrefix}.${path}`
