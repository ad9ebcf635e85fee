import { withTheme, type ThemeProps } from '@rjsf/core'
import { Theme } from '@rjsf/mantine'
import type { FieldTemplateProps, ObjectFieldTemplateProps, RegistryWidgetsType, WidgetProps } from '@rjsf/utils'
import { Stack, Title } from '@mantine/core'
import type { ComponentType } from 'react'
import { ChangedByNote } from './notes/ChangedByNote.tsx'
import { cellControls } from './controls/cellControls.ts'
import type { ControlProps } from './controls/ControlProps.ts'
import { ReadValue } from './controls/ReadValue.tsx'
import { TableControl } from './controls/TableControl.tsx'
import { useFieldState, useFormScope, useNames } from './FormScope.ts'
import { LookupNote } from './notes/LookupNote.tsx'
import { isNamedBySection } from './sections/formSections.ts'
import { readableFormula } from './schema/readableFormula.ts'
import { SectionedFields } from './sections/SectionedFields.tsx'
import { useSections } from './sections/SectionsContext.ts'
import { titleOf } from './schema/schemaAt.ts'
import { useControlState } from './state/useControlState.ts'
import classes from './form.module.css'

/** Path of a field from the id the form library gives it: `f1.socios` → `socios`. */
const pathOf = (id: string, idPrefix: string) => (id === idPrefix ? '' : id.slice(idPrefix.length + 1))

/** Joins a control to the form: what it may do and show comes from the form model, its value from the library. */
function adapt(Control: ComponentType<ControlProps>) {
  return function Widget({ id }: WidgetProps) {
    const { store, labels, idPrefix } = useFormScope()
    const path = pathOf(id, idPrefix)
    const names = useNames(labels[path])
    const { schema, required, formula, editable } = useFieldState(path)
    // The library lays the fields out once; values go past it, so that a key press redraws one control and no more.
    const { error, warning, ...shown } = useControlState(path, schema, '')
    const label = titleOf(schema, path)
    const { sections } = useSections()
    const unlabelled = isNamedBySection(sections, path, label)
    if (!editable) {
      const changedBy = store.model.fields.find((field) => field.path === path)?.changedBy
      return (
        <ReadValue
          id={id}
          label={label}
          unlabelled={unlabelled}
          schema={schema}
          {...shown}
          labels={names}
          formula={formula ? readableFormula(formula, store.model.schema) : null}
          error={error}
          note={changedBy && <ChangedByNote {...changedBy} />}
        />
      )
    }
    const control = (
      <Control
        id={id}
        path={path}
        schema={schema}
        {...shown}
        label={label}
        unlabelled={unlabelled}
        required={required}
        error={error}
        warning={warning}
        labels={names}
        onChange={(next) => store.set(path, next)}
        onBlur={() => store.leave(path)}
      />
    )
    if (schema['x-lookup'] === undefined) return control
    return (
      <div>
        {control}
        {error === null && <LookupNote path={path} value={shown.value} />}
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
