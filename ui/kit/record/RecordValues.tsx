import type { EntityView, RecordView } from '#engine/contract'
import { annotationOf, isNeverDrawn } from '../form/schema/annotationOf.ts'
import { isWide } from '../form/schema/controlName.ts'
import { titleOf } from '../form/schema/schemaAt.ts'
import { FieldValue } from '../values/FieldValue.tsx'
import { SubListValue } from '../values/SubListValue.tsx'
import classes from './record.module.css'

/** Fields of a record as text: what is empty is left out, so that what is there can be seen. */
export function RecordValues({
  entity,
  record,
  fields,
  heading,
}: {
  entity: EntityView
  record: RecordView
  fields: string[]
  /** What stands above them: a field of the same name does not say it again. */
  heading?: string
}) {
  const held = fields.filter((name) => {
    const value = record.data[name]
    if (isNeverDrawn(entity.schema.properties?.[name])) return false
    return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  })
  return (
    <dl className={classes.values}>
      {held.map((name) => {
        const schema = entity.schema.properties?.[name] ?? {}
        const value = record.data[name]
        const isTable = schema.type === 'array' && schema.items?.type === 'object'
        return (
          <div
            key={name}
            className={isTable || (isWide(schema) && !annotationOf(schema, 'x-file')) ? classes.wide : undefined}
          >
            <dt className={titleOf(schema, name) === heading ? 'cauce-sr' : undefined}>{titleOf(schema, name)}</dt>
            <dd>
              {isTable ? (
                <SubListValue schema={schema} value={value ?? null} labels={record.labels} field={name} />
              ) : (
                <FieldValue
                  schema={schema}
                  value={value}
                  data={record.data}
                  labels={record.labels[name]}
                  states={entity.states}
                  isState={name === entity.stateField}
                  isCode={name === entity.codeField}
                />
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
