import { withTheme, type ThemeProps } from '@rjsf/core'
import { Theme } from '@rjsf/mantine'
import type { FieldTemplateProps, ObjectFieldTemplateProps, RegistryWidgetsType, WidgetProps } from '@rjsf/utils'
import { Stack, Title } from '@mantine/core'
import type { ComponentType } from 'react'
import { dependenciesOf } from './dependenciesOf.ts'
import { cellControls } from './controls/cellControls.ts'
import type { ControlProps } from './controls/ControlProps.ts'
import { ReadValue } from './controls/ReadValue.tsx'
import { TableControl } from './controls/TableControl.tsx'
import { useFieldIssue, useFieldState, useFormPart, useFormScope } from './FormScope.ts'
import { LookupNote } from './LookupNote.tsx'
import { readableFormula } from './readableFormula.ts'
import { SectionedFields } from './SectionedFields.tsx'
import { titleOf, valueAt } from './schemaAt.ts'
import classes from './form.module.css'

/** Path of a field from the id the form library gives it: `f1.socios` → `socios`. */
const pathOf = (id: string, idPrefix: string) => (id === idPrefix ? '' : id.slice(idPrefix.length + 1))
const nothing = {}

/** Joins a control to the form: what it may do and show comes from the form model, its value from the library. */
function adapt(Control: ComponentType<ControlProps>) {
  return function Widget({ id }: WidgetProps) {
    const { store, labels, idPrefix } = useFormScope()
    const path = pathOf(id, idPrefix)
    // The library lays the fields out once; values go past it, so that a key press redraws one control and no more.
    const value = useFormPart((snapshot) => valueAt(snapshot.raw, path))
    const { schema, required, formula, editable } = useFieldState(path)
    const issue = useFieldIssue(path)
    // Redrawn when the field it hangs on changes, not at every key press somewhere in the form.
    const dependencies = dependenciesOf(schema)
    useFormPart((snapshot) => dependencies.map((name) => JSON.stringify(snapshot.raw[name])).join())
    const siblings = store.getSnapshot().raw
    const computed = useFormPart((snapshot) => (formula ? valueAt(snapshot.settled.value, path) : undefined))
    const label = titleOf(schema, path)
    const error = issue?.level === 'error' ? issue.message : null
    if (!editable)
      return (
        <ReadValue
          id={id}
          label={label}
          schema={schema}
          value={formula ? computed : value}
          siblings={siblings}
          labels={labels[path] ?? nothing}
          formula={formula ? readableFormula(formula, store.model.schema) : null}
          error={error}
        />
      )
    const control = (
      <Control
        id={id}
        path={path}
        schema={schema}
        value={value}
        label={label}
        required={required}
        error={error}
        warning={issue && issue.level !== 'error' ? issue.message : null}
        labels={labels[path] ?? nothing}
        siblings={siblings}
        onChange={(next) => store.set(path, next)}
        onBlur={() => store.leave(path)}
      />
    )
    if (schema['x-lookup'] === undefined) return control
    return (
      <div>
        {control}
        {error === null && <LookupNote path={path} schema={schema} value={value} />}
      </div>
    )
  }
}

const widgets = Object.fromEntries(
  Object.entries({ ...cellControls, table: TableControl }).map(([name, Control]) => [name, adapt(Control)]),
) as RegistryWidgetsType

/** A field is its control alone: label, help and errors belong to it. Hidden fields are not drawn at all. */
function FieldTemplate({ id, children }: FieldTemplateProps) {
  const { idPrefix } = useFormScope()
  const { visible } = useFieldState(pathOf(id, idPrefix))
  return visible ? <>{children}</> : null
}

function ObjectTemplate({ fieldPathId, properties }: ObjectFieldTemplateProps) {
  const { idPrefix, store } = useFormScope()
  const path = pathOf(fieldPathId.$id, idPrefix)
  if (path === '')
    return <SectionedFields contents={new Map(properties.map((property) => [property.name, property.content]))} />
  const title = titleOf(store.model.schema.properties?.[path] ?? null, path)
  return (
    <Stack gap="sm" component="fieldset" className={classes.group}>
      <Title order={4} component="legend">
        {title}
      </Title>
      {properties.map((property) => property.content)}
    </Stack>
  )
}

const theme: ThemeProps = {
  ...Theme,
  widgets: { ...Theme.widgets, ...widgets },
  templates: { ...Theme.templates, FieldTemplate, ObjectFieldTemplate: ObjectTemplate },
}

/** react-jsonschema-form with the Mantine theme, our controls and our layout. */
export const ThemedForm = withTheme(theme)
