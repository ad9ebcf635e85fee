import {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  Group,
  Paper,
  ScrollArea,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { writeCanonical, type FormDefinition } from '#definitions'
import { foldText } from '#forms'
import type { PackModel } from '../pack/packModel.ts'
import { CommitText } from '../properties/fields/CommitText.tsx'
import { choicesWith } from '../properties/choicesWith.ts'
import { keyFromLabel } from '../wf/keyFromLabel.ts'
import {
  addSection,
  changeUse,
  layoutOf,
  moveUse,
  putOwnField,
  removeOwnField,
  removeSection,
  renameSection,
  toggleField,
  usesField,
} from './formDocument.ts'
import { kindOfSchema, ownFieldKinds, schemaOfKind } from './ownField.ts'
import classes from './FormEditor.module.css'

interface Props {
  definition: FormDefinition
  pack: PackModel
  onChange: (text: string) => void
}

/** Which fields a task shows, in which order, and which it asks for itself. */
export function FormEditor({ definition: form, pack, onChange }: Props) {
  const { t } = useTranslation()
  const entity = form.entity ? pack.entities[form.entity] : undefined
  const [query, setQuery] = useState('')
  const write = (changed: FormDefinition) => onChange(writeCanonical(changed))
  const titleOf = (field: string) =>
    form.properties?.[field]?.title ?? entity?.fields.find((one) => one.key === field)?.title ?? field
  const layout = layoutOf(form)
  const folded = foldText(query)
  return (
    <div className={classes.editor}>
      <section className={classes.fields} aria-label={t('studio.form.fields')}>
        <Stack gap={10} p={12}>
          <CommitText
            label={t('studio.form.title')}
            value={form.title ?? ''}
            onCommit={(title) => write({ ...form, title: title || undefined })}
          />
          <Select
            label={t('studio.process.entity')}
            data={choicesWith(
              Object.values(pack.entities).map(({ key, title }) => ({ value: key, label: title })),
              form.entity ?? '',
            )}
            value={form.entity ?? null}
            searchable
            onChange={(value) => write({ ...form, entity: value ?? undefined })}
          />
          <Title order={3}>{t('studio.form.fieldsOf', { title: entity?.title ?? '' })}</Title>
          {entity && (
            <TextInput
              aria-label={t('studio.form.search')}
              placeholder={t('studio.form.search')}
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
            />
          )}
        </Stack>
        <ScrollArea className={classes.scroll} type="auto">
          <Stack gap={8} px={12} pb={12}>
            {(entity?.fields ?? [])
              .filter((field) => folded === '' || foldText(`${field.title} ${field.key}`).includes(folded))
              .map((field) => (
                <Checkbox
                  key={field.key}
                  label={field.title}
                  checked={usesField(form, field.key)}
                  onChange={(event) => write(toggleField(form, field.key, event.currentTarget.checked))}
                />
              ))}
          </Stack>
        </ScrollArea>
      </section>

      <ScrollArea className={classes.layout} type="auto">
        <Stack gap={12} p={16} maw={760}>
          <Textarea
            label={t('studio.form.help')}
            autosize
            minRows={1}
            defaultValue={form.help ?? ''}
            key={`help ${form.help ?? ''}`}
            onBlur={(event) =>
              event.currentTarget.value !== (form.help ?? '') &&
              write({ ...form, help: event.currentTarget.value || undefined })
            }
          />
          {layout.sections.map((section, at) => (
            <Paper key={at} p={12}>
              <Group gap={8} align="flex-end" mb={8} wrap="nowrap">
                <div style={{ flex: 1 }}>
                  <CommitText
                    label={t('studio.form.section')}
                    placeholder={t('studio.form.untitled')}
                    value={section.title}
                    onCommit={(title) => write(renameSection(form, at, title))}
                  />
                </div>
                {layout.sections.length > 1 && (
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    size="lg"
                    aria-label={t('studio.row.remove', { name: section.title || t('studio.form.untitled') })}
                    onClick={() => write(removeSection(form, at))}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                )}
              </Group>
              {section.uses.length === 0 && (
                <Text size="sm" c="dimmed">
                  {t('studio.form.empty')}
                </Text>
              )}
              <Stack gap={0} component="ol" m={0} p={0}>
                {section.uses.map((use, index) => {
                  const name = use.title ?? titleOf(use.field)
                  const own = form.properties?.[use.field] !== undefined
                  const first = at === 0 && index === 0
                  const last = at === layout.sections.length - 1 && index === section.uses.length - 1
                  return (
                    <li key={use.field} className={classes.use}>
                      <Text size="sm" fw={500} className={classes.name}>
                        {name}{' '}
                        {own && (
                          <Badge size="xs" variant="light">
                            {t('studio.form.own')}
                          </Badge>
                        )}
                      </Text>
                      {!own && (
                        <>
                          <Checkbox
                            size="xs"
                            label={t('studio.form.readOnly')}
                            aria-label={`${name}: ${t('studio.form.readOnly')}`}
                            checked={use.readOnly === true}
                            onChange={(event) =>
                              write(
                                changeUse(form, at, index, {
                                  readOnly: event.currentTarget.checked,
                                  ...(event.currentTarget.checked ? { required: false } : {}),
                                }),
                              )
                            }
                          />
                          <Checkbox
                            size="xs"
                            label={t('studio.form.required')}
                            aria-label={`${name}: ${t('studio.form.required')}`}
                            checked={use.required === true}
                            disabled={use.readOnly === true}
                            onChange={(event) =>
                              write(changeUse(form, at, index, { required: event.currentTarget.checked }))
                            }
                          />
                        </>
                      )}
                      <Group gap={2} wrap="nowrap">
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          size={26}
                          disabled={first}
                          aria-label={t('studio.row.up', { name })}
                          onClick={() => write(moveUse(form, at, index, -1))}
                        >
                          <IconArrowUp size={16} />
                        </ActionIcon>
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          size={26}
                          disabled={last}
                          aria-label={t('studio.row.down', { name })}
                          onClick={() => write(moveUse(form, at, index, 1))}
                        >
                          <IconArrowDown size={16} />
                        </ActionIcon>
                        <ActionIcon
                          variant="subtle"
                          color="red"
                          size={26}
                          aria-label={t('studio.row.remove', { name })}
                          onClick={() =>
                            write(own ? removeOwnField(form, use.field) : toggleField(form, use.field, false))
                          }
                        >
                          <IconTrash size={16} />
                        </ActionIcon>
                      </Group>
                    </li>
                  )
                })}
              </Stack>
            </Paper>
          ))}
          <Group>
            <Button
              variant="light"
              size="xs"
              leftSection={<IconPlus size={14} />}
              onClick={() => write(addSection(form, t('studio.form.newSection')))}
            >
              {t('studio.form.addSection')}
            </Button>
          </Group>
          <OwnFields form={form} write={write} />
        </Stack>
      </ScrollArea>
    </div>
  )
}

/** Fields that only this form asks (a reason, an attachment); rules read them as `form.<name>`. */
function OwnFields({ form, write }: { form: FormDefinition; write: (form: FormDefinition) => void }) {
  const { t } = useTranslation()
  const own = Object.entries(form.properties ?? {})
  const kinds = ownFieldKinds.map((kind) => ({ value: kind, label: t(`studio.form.kinds.${kind}`) }))
  const add = () => {
    const title = t('studio.form.newField')
    write(
      putOwnField(
        form,
        keyFromLabel(
          title,
          own.map(([key]) => key),
        ),
        schemaOfKind('text', title),
        false,
      ),
    )
  }
  return (
    <Stack gap={8} role="group" aria-label={t('studio.form.ownTitle')}>
      <Title order={3}>{t('studio.form.ownTitle')}</Title>
      <Text size="sm" c="dimmed">
        {t('studio.form.ownHelp')}
      </Text>
      {own.map(([key, schema]) => {
        const kind = kindOfSchema(schema)
        const required = form.required?.includes(key) ?? false
        const put = (change: typeof schema) => write(putOwnField(form, key, change, required))
        return (
          <Paper key={key} p={12}>
            <SimpleGrid cols={2} spacing={8}>
              <CommitText
                label={t('studio.form.fieldTitle')}
                value={schema.title ?? key}
                onCommit={(title) => put({ ...schema, title })}
              />
              {kind && (
                <Select
                  label={t('studio.form.kind')}
                  data={kinds}
                  value={kind}
                  allowDeselect={false}
                  onChange={(value) => value && put(schemaOfKind(value, schema.title ?? key))}
                />
              )}
            </SimpleGrid>
            {kind === 'choice' && (
              <CommitText
                label={t('studio.form.options')}
                multiline
                value={(schema.enum ?? []).join('\n')}
                onCommit={(text) =>
                  put({
                    ...schema,
                    enum: text
                      .split('\n')
                      .map((line) => line.trim())
                      .filter(Boolean),
                  })
                }
              />
            )}
            <Group justify="space-between" mt={8}>
              <Checkbox
                label={t('studio.form.required')}
                checked={required}
                onChange={(event) => write(putOwnField(form, key, schema, event.currentTarget.checked))}
              />
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                leftSection={<IconTrash size={14} />}
                onClick={() => write(removeOwnField(form, key))}
              >
                {t('studio.form.removeField')}
              </Button>
            </Group>
          </Paper>
        )
      })}
      <Group>
        <Button variant="light" size="xs" leftSection={<IconPlus size={14} />} onClick={add}>
          {t('studio.form.addField')}
        </Button>
      </Group>
    </Stack>
  )
}
