import type { PackFileView, PackSummary, PackVersionView, PackView } from '#engine/contract'
import { demand } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { packsOf } from '../packs/index.ts'
import { STUDIO } from './drafts.ts'

export async function listPacks(ctx: Ctx): Promise<PackSummary[]> {
  await demand(ctx, STUDIO, 'read')
  return (await packsOf(ctx).all(ctx)).map(({ name, pack }) => ({ name, title: pack.manifest.title }))
}

/** What the studio shows of an installed pack. */
export async function packView(ctx: Ctx, name: string): Promise<PackView> {
  await demand(ctx, STUDIO, 'read')
  const { pack, number } = await installed(ctx, name)
  return {
    name,
    title: pack.manifest.title,
    version: pack.manifest.version,
    number,
    files: Object.keys(pack.files)
      .sort()
      .map((path) => ({
        path,
        kind: path.includes('/') ? path.slice(0, path.indexOf('/')) : path,
        title: titleOf(pack, path),
      })),
    roles: Object.entries(pack.roles.roles).map(([key, role]) => ({ key, title: role.title })),
    groups: Object.entries(pack.roles.groups ?? {}).map(([key, group]) => ({ key, title: group.title })),
    entities: Object.entries(pack.entities).map(([key, entity]) => ({
      key,
      title: entity.title,
      fields: Object.entries(entity.properties).map(([field, schema]) => ({
        key: field,
        title: schema.title ?? field,
        type: schema.type ?? 'string',
      })),
    })),
    forms: Object.entries(pack.forms).map(([key, form]) => ({
      key,
      title: form.title ?? key,
      entity: form.entity ?? null,
    })),
    templates: Object.keys(pack.templates),
  }
}

type ParsedPack = Awaited<ReturnType<typeof installed>>['pack']

function titleOf(pack: ParsedPack, path: string): string {
  const key = path.slice(path.indexOf('/') + 1).replace(/\.(json|bpmn|hbs|csv)$/, '')
  if (path.startsWith('entities/')) return pack.entities[key]?.title ?? key
  if (path.startsWith('forms/')) return pack.forms[key]?.title ?? key
  if (path.startsWith('templates/')) return pack.templates[key]?.subject ?? key
  if (path.startsWith('catalogs/')) return pack.catalogs[key]?.title ?? key
  if (path.startsWith('stories/')) return pack.stories[key]?.title ?? key
  if (path.startsWith('processes/'))
    return /<(?:\w+:)?process\b[^>]*\bname="([^"]*)"/.exec(pack.processes[key] ?? '')?.[1] ?? key
  return key
}

export async function packFile(ctx: Ctx, name: string, path: string): Promise<PackFileView> {
  await demand(ctx, STUDIO, 'read')
  const { pack } = await installed(ctx, name)
  const text = Object.hasOwn(pack.files, path) ? pack.files[path] : undefined
  if (text === undefined) throw new CauceError('thing.not-found')
  return { path, text }
}

/** Installed versions, newest first, with how many cases still run on each. */
export async function listVersions(ctx: Ctx, name: string): Promise<PackVersionView[]> {
  await demand(ctx, STUDIO, 'read')
  await installed(ctx, name)
  const versions = await ctx.db.packVersions.find(
    { pack: name },
    { sort: { number: -1 }, fields: ['number', 'version', 'installedAt', 'installedBy', 'note'], limit: 200 },
  )
  return Promise.all(
    versions.map(async (version) => ({
      number: version.number,
      version: version.version,
      at: version.installedAt.toISOString(),
      by: version.installedBy ? ((await ctx.db.users.get(version.installedBy))?.name ?? null) : null,
      note: version.note,
      openInstances: await ctx.db.instances.count({
        'pack.name': name,
        'pack.number': version.number,
        status: 'running',
      }),
    })),
  )
}

async function installed(ctx: Ctx, name: string) {
  if (!packsOf(ctx).names.includes(name)) throw new CauceError('thing.not-found')
  return packsOf(ctx).current(ctx, name)
}
