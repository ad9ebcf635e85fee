import { gunzipSync } from 'node:zlib'
import type { PackFiles } from '#definitions'
import { parsePack } from '#definitions/pack'
import { service, type Ctx } from '../context.ts'
import { Fresh } from '../fresh.ts'
import type { PackVersionDoc } from '../persistence/index.ts'
import { CauceError } from '../errors.ts'
import { CalendarOverlay } from './CalendarOverlay.ts'
import { compilePack, settingsWithDefaults, withRoles, type EntityInPack, type InstalledPack } from './InstalledPack.ts'
import { catalogsId, withCatalogs, type CatalogsOverlay } from './mergeCatalogs.ts'
import { mergeRoles } from './mergeRoles.ts'
import { openSecrets } from './secretSettings.ts'
import type { JsonObject } from '#forms'

/** The installed versions of the packs, compiled once per process. The store is the truth. */
export class PackRegistry {
  readonly #versions = new Map<string, Promise<InstalledPack>>()
  readonly #current = new Map<string, Fresh<InstalledPack>>()
  /** The version in force with the rights and catalogues changed in the browser laid over it. */
  readonly #overlaid = new Map<string, { installed: InstalledPack; revision: string; result: InstalledPack }>()
  #settings = new WeakMap<InstalledPack, Fresh<JsonObject>>()
  readonly #names: string[]
  /** The company's own holidays, for all packs. */
  readonly calendar = new CalendarOverlay()

  constructor(names: string[]) {
    this.#names = names
  }

  get names(): readonly string[] {
    return this.#names
  }

  /** A version by number; instances pin theirs. Throws when it was never installed. */
  async version(ctx: Ctx, name: string, number: number): Promise<InstalledPack> {
    await this.calendar.refresh(ctx)
    const key = `${name}:${number}`
    let loading = this.#versions.get(key)
    if (!loading) {
      loading = this.#load(ctx, name, number)
      this.#versions.set(key, loading)
      loading.catch(() => this.#versions.delete(key))
    }
    return loading
  }

  async #load(ctx: Ctx, name: string, number: number): Promise<InstalledPack> {
    const document = await ctx.db.packVersions.findOne({ pack: name, number })
    if (!document) throw new Error(`pack ${name} version ${number} is not installed`)
    const { pack, findings } = parsePack(filesOf(document))
    if (!pack) throw new Error(`pack ${name} version ${number} does not parse: ${findings[0]?.message ?? '?'}`)
    return compilePack(pack, number, ctx.config.timeZone, this.calendar)
  }

  /** The version in force, with the roles in force: what new cases, permissions and lists use. */
  async current(ctx: Ctx, name: string): Promise<InstalledPack> {
    await this.calendar.refresh(ctx)
    let current = this.#current.get(name)
    if (!current) this.#current.set(name, (current = new Fresh((asking) => this.#readCurrent(asking, name))))
    return current.get(ctx)
  }

  async #readCurrent(ctx: Ctx, name: string): Promise<InstalledPack> {
    const latest = await ctx.db.packVersions.findOne({ pack: name }, { sort: { number: -1 }, fields: ['number'] })
    if (!latest) throw new Error(`pack ${name} is not installed`)
    return this.#withOverlay(ctx, await this.version(ctx, name, latest.number))
  }

  async #withOverlay(ctx: Ctx, installed: InstalledPack): Promise<InstalledPack> {
    const overlay = await ctx.db.rolesOverlays.get(`${ctx.tenant}:${installed.name}`)
    const catalogs = await ctx.db.settings.get(catalogsId(ctx.tenant, installed.name))
    const revision = `${overlay?.revision ?? 0}.${catalogs?.revision ?? 0}`
    const known = this.#overlaid.get(installed.name)
    if (known?.installed === installed && known.revision === revision) return known.result
    let result = overlay ? withRoles(installed, mergeRoles(installed.pack.roles, overlay)) : installed
    if (catalogs) result = withCatalogs(result, catalogs.values as unknown as CatalogsOverlay)
    this.#overlaid.set(installed.name, { installed, revision, result })
    return result
  }

  /** Settings of a version, read again when they are older than a moment. */
  settings(ctx: Ctx, installed: InstalledPack): Promise<JsonObject> {
    let settings = this.#settings.get(installed)
    if (!settings) this.#settings.set(installed, (settings = new Fresh((asking) => readSettings(asking, installed))))
    return settings.get(ctx)
  }

  /** Forgets what is in force, so that a version just installed is used at once. */
  refresh(): void {
    this.#current.clear()
    this.#overlaid.clear()
    this.#settings = new WeakMap()
  }

  async all(ctx: Ctx): Promise<InstalledPack[]> {
    return Promise.all(this.#names.map((name) => this.current(ctx, name)))
  }
}

const registry = service<PackRegistry>('packs')
export const putPacks = registry.put
export const packsOf = registry.of

export function filesOf(document: PackVersionDoc): PackFiles {
  const bytes = document.files as unknown as { buffer?: Uint8Array }
  const raw = Buffer.isBuffer(document.files) ? document.files : Buffer.from(bytes.buffer ?? new Uint8Array())
  return JSON.parse(gunzipSync(raw).toString('utf8')) as PackFiles
}

/** The entity in force, with its pack. Throws 404 for an unknown one. */
export async function entityOf(ctx: Ctx, key: string): Promise<EntityInPack> {
  for (const installed of await packsOf(ctx).all(ctx)) {
    const definition = Object.hasOwn(installed.pack.entities, key) ? installed.pack.entities[key] : undefined
    if (definition) return { key, definition, installed }
  }
  throw new CauceError('thing.not-found')
}

/** The process in force, with its pack. Throws 404 for an unknown one. */
export async function processOf(ctx: Ctx, key: string): Promise<InstalledPack> {
  for (const installed of await packsOf(ctx).all(ctx)) if (Object.hasOwn(installed.processes, key)) return installed
  throw new CauceError('thing.not-found')
}

/** Configuración of a pack as expressions read it; as fresh as the packs themselves. */
export async function settingsOf(ctx: Ctx, installed: InstalledPack): Promise<JsonObject> {
  return packsOf(ctx).settings(ctx, installed)
}

async function readSettings(ctx: Ctx, installed: InstalledPack): Promise<JsonObject> {
  const saved = await ctx.db.settings.get(`${ctx.tenant}:${installed.name}`)
  const values = Object.entries(saved?.values ?? {}).map(([tab, data]) => {
    const schema = installed.pack.manifest.settings?.properties?.[tab]
    return [tab, schema ? openSecrets(ctx, schema, tab, data as JsonObject) : data] as const
  })
  return settingsWithDefaults(installed.pack, Object.fromEntries(values))
}
