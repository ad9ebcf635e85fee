import { pluralTitle } from '#definitions'
import type { EntityView, StateView } from '#engine/contract'
import { settleForm } from '#forms'
import { can, contextForEntity, fieldRights, offeredActions } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityForm, entityOf, settingsOf, sortableFields, type EntityInPack } from '../../packs/index.ts'
import { formEnvironment } from '../environment/environment.ts'
import { environmentView } from '../environment/environmentView.ts'
import { factsQuestion } from '../environment/formFacts.ts'
import { filterViews } from '../filters/filterViews.ts'
import { codeField, stateField } from '../schema/annotations.ts'
import { labelsForData } from '../words/labels.ts'
import { formView } from './formView.ts'
import { startingProcess, startTitle } from './startingProcess.ts'

/** An entity as this actor may see it. */
export async function entityView(given: Ctx, key: string): Promise<EntityView> {
  const ctx = await contextForEntity(given, key)
  const entity = await entityOf(ctx, key)
  if (!(await can(ctx, key, 'read')) && !(await can(ctx, key, 'create'))) throw new CauceError('thing.not-found')
  const { definition, installed } = entity
  const rights = fieldRights(ctx, entity)
  const readable = (name: string): boolean => rights.read.has(name)
  const settings = await settingsOf(ctx, installed)
  const form = entityForm(entity, rights.read, rights.edit, settings)
  const starter = await startingProcess(ctx, key)
  const canStart = starter !== null && (await can(given, key, 'create'))
  const environment = await formEnvironment(ctx, ctx.db, {
    installed,
    form,
    properties: definition.properties,
    record: null,
    value: {},
  })
  const mayFill = starter === null || (await can(ctx, key, 'edit'))
  const begun = mayFill ? settleForm(form.model, {}, environment, { event: 'create', keepHidden: true }).value : {}
  const list = definition['x-list']
  const names = Object.keys(definition.properties).filter(readable)
  return {
    key,
    title: definition.title,
    titlePlural: pluralTitle(definition),
    gender: definition['x-gender'] ?? 'm',
    schema: { ...form.schema, required: definition.required ?? [] },
    list: {
      columns: (list?.columns ?? names.slice(0, 6)).filter(readable),
      filters: filterViews(key, definition, readable),
      search: list?.search ?? [],
      sort: list?.sort ?? '-updatedAt',
      card: (list?.card ?? list?.columns.slice(0, 3) ?? names.slice(0, 3)).filter(readable),
      sortable: sortableFields(definition).filter(readable),
    },
    sections: form.sections.map(({ title, fields }) => ({ title, fields })),
    stateField: stateField(definition),
    codeField: codeField(definition),
    states: statesOf(ctx, entity),
    related: await relatedOf(ctx, entity),
    actions: await offeredActions(given, entity, null),
    may: {
      create: (await can(given, key, 'create')) && starter === null,
      edit: await can(given, key, 'edit'),
      export: await can(given, key, 'export'),
      import: starter === null && (await can(given, key, 'import')),
      print: await can(given, key, 'print'),
      delete: (await can(given, key, 'delete')) && definition['x-delete'] !== 'never',
      history: true,
    },
    ...(definition['x-account'] ? { account: true } : {}),
    startProcess: canStart ? { key: starter, title: startTitle(installed, starter) ?? definition.title } : null,
    form: mayFill ? formView(form) : null,
    environment: {
      ...environmentView(environment, form.schema),
      ask: factsQuestion(installed, form, { operation: 'recordFacts', params: { entity: key } }),
    },
    labels: await labelsForData(ctx, key, begun),
  }
}

async function relatedOf(ctx: Ctx, entity: EntityInPack): Promise<EntityView['related']> {
  const related: EntityView['related'] = []
  for (const [key, link] of Object.entries(entity.definition['x-related'] ?? {})) {
    if (await can(ctx, link.entity, 'read')) related.push({ key, ...link, inline: link.inline ?? false })
  }
  return related
}

function statesOf(ctx: Ctx, entity: EntityInPack): StateView[] {
  const field = stateField(entity.definition)
  const property = field ? entity.definition.properties[field] : undefined
  const portal = ctx.actor.front === 'portal'
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  return (property?.oneOf ?? []).map((option) => ({
    value: String(option.const),
    title: (portal ? text(option['x-public-title']) : null) ?? option.title ?? String(option.const),
    color: text(option['x-color']),
    icon: text(option['x-icon']),
    terminal: option['x-terminal'] === true,
  }))
}
