import type { CatalogView, EntitySummary, EntityView, FormView, StateView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { can, contextForEntity, fieldRights, offeredActions } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import {
  entityForm,
  entityOf,
  packsOf,
  settingsOf,
  sortableFields,
  type EntityInPack,
  type InstalledPack,
  type ResolvedForm,
} from '../../packs/index.ts'
import { codeField, stateField } from '../schema/annotations.ts'
import { catalogsRead } from '../schema/catalogsRead.ts'
import { rowsAbove, type RowAbove } from '../schema/rowsAbove.ts'
import { startingProcess } from '../life/createRecord.ts'
import { titleColumnOf } from '../words/catalogTitles.ts'
import { formEnvironment } from '../environment/environment.ts'
import { filterViews } from '../filters/filterViews.ts'
import { environmentView } from '../environment/environmentView.ts'
import { factsQuestion } from '../environment/formFacts.ts'

/** The entities this actor may read. */
export async function listEntities(ctx: Ctx): Promise<EntitySummary[]> {
  const found: EntitySummary[] = []
  for (const installed of await packsOf(ctx).all(ctx)) {
    for (const [key, definition] of Object.entries(installed.pack.entities)) {
      if (!(await can(ctx, key, 'read'))) continue
      found.push({
        key,
        title: definition.title,
        titlePlural: definition['x-title-plural'] ?? definition.title,
        creates: await creationOf(ctx, installed, key),
      })
    }
  }
  return found
}

async function creationOf(ctx: Ctx, installed: InstalledPack, key: string): Promise<EntitySummary['creates']> {
  if (!(await can(ctx, key, 'create'))) return null
  const process = await startingProcess(ctx, key)
  return { process, title: process === null ? null : (startTitle(installed, process) ?? null) }
}

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
  const list = definition['x-list']
  const names = Object.keys(definition.properties).filter(readable)
  return {
    key,
    title: definition.title,
    titlePlural: definition['x-title-plural'] ?? definition.title,
    gender: definition['x-gender'] ?? 'm',
    schema: { ...form.schema, required: definition.required ?? [] },
    list: {
      columns: (list?.columns ?? names.slice(0, 6)).filter(readable),
      filters: filterViews(definition, readable),
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
    form: starter !== null && !(await can(ctx, key, 'edit')) ? null : formView(form),
    environment: {
      ...environmentView(environment, form.schema),
      ask: factsQuestion(installed, form, { operation: 'recordFacts', params: { entity: key } }),
    },
  }
}

/** What the button says: the title of the start form («Nuevo pedido»), else the name of the process. */
function startTitle({ pack, processes }: InstalledPack, key: string): string | undefined {
  const process = processes[key]
  const form = process?.process.start.form
  return (form ? pack.forms[form]?.title : undefined) ?? process?.name
}

export function formView(form: ResolvedForm): FormView {
  return {
    id: form.id,
    ...(form.entity ? { entity: form.entity } : {}),
    hash: form.hash,
    title: form.title,
    help: form.help,
    submit: form.submit,
    ...(form.confirm ? { confirm: form.confirm } : {}),
    schema: form.schema,
    uiSchema: form.uiSchema,
    validator: `/forms/${form.id}/${form.hash}/validator.js`,
    sections: form.sections,
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

/** Rows of a catalogue, for choices on the page. */
export async function catalogView(ctx: Ctx, name: string): Promise<CatalogView> {
  for (const installed of await packsOf(ctx).all(ctx)) {
    const { pack } = installed
    const definition = Object.hasOwn(pack.catalogs, name) ? pack.catalogs[name] : undefined
    if (!definition) continue
    const titleColumn = titleColumnOf(definition)
    const isRead = catalogsRead(installed).has(name)
    const text = (row: JsonObject, column: string): string =>
      typeof row[column] === 'string' ? row[column] : String(row[column] ?? '')
    const titleOf = ({ catalog, row }: RowAbove): string | null => {
      const above = catalog === null ? undefined : pack.catalogs[catalog]
      return above && row ? text(row, titleColumnOf(above)) : null
    }
    return {
      key: name,
      title: definition.title,
      parent: definition.parent ?? null,
      columns: definition.columns,
      editable: ctx.actor.roles.some((role) => definition.editable?.includes(role)),
      rows: definition.rows.map((row) => {
        const above = definition.parent ? rowsAbove(pack.catalogs, name, row) : []
        return {
          key: text(row, definition.key),
          title: text(row, titleColumn),
          parent: definition.parent ? text(row, definition.parent) : null,
          ...(above.length > 1 ? { above: above.map(({ key }) => key), parentTitle: titleOf(above[0]!) } : {}),
          inactive: row.inactive === true,
          ...(isRead ? { data: row } : {}),
        }
      }),
    }
  }
  throw new CauceError('thing.not-found')
}
