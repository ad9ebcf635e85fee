import { foldText, narrowedBy, type FormSchema, type Json, type JsonObject } from '#forms'
import { rowFilter } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { entityOf, type EntityInPack } from '../packs/index.ts'
import type { Filter } from '../persistence/index.ts'
import { catalogOf, referenceOf, rowsAbove, titleColumnOf, USER_ENTITY } from '../records/index.ts'
import type { CellReading } from './CellReading.ts'

/** Names remembered at a time: many rows of a sheet point at few records. */
const REMEMBERED = 20_000

/**
 * Finds what the texts of a sheet name: records by code, by a unique field or by the name that lists show, people by
 * e-mail or name, rows of a catalogue by key or title. Only what the actor may see is found. For one stage of one import.
 */
export class LinkFinder {
  readonly #ctx: Ctx
  readonly #entity: EntityInPack
  readonly #found = new Map<string, CellReading>()
  readonly #catalogs = new Map<string, Map<string, JsonObject[]>>()

  constructor(ctx: Ctx, entity: EntityInPack) {
    this.#ctx = ctx
    this.#entity = entity
  }

  /** `siblings`: the values beside it, for a catalogue that depends on another field. */
  async find(schema: FormSchema, text: string, siblings: JsonObject): Promise<CellReading> {
    const catalog = catalogOf(schema)
    if (catalog) return this.#row(catalog, text, siblings)
    const { entity } = referenceOf(schema)!
    const key = `${entity}\u0000${text}`
    let reading = this.#found.get(key)
    if (!reading) {
      reading = await this.#record(entity, text)
      if (this.#found.size >= REMEMBERED) this.#found.clear()
      this.#found.set(key, reading)
    }
    return reading
  }

  async #record(entityKey: string, text: string): Promise<CellReading> {
    const isPerson = entityKey === USER_ENTITY
    const ids = isPerson ? await this.#people(text) : await this.#records(entityKey, text)
    if (ids.length === 1) return { value: ids[0]! }
    if (ids.length > 1) return { problem: `Hay varios «${text}»: escriba su ${isPerson ? 'correo' : 'código'}` }
    return { problem: `No existe «${text}», o usted no puede verlo` }
  }

  async #people(text: string): Promise<string[]> {
    const named = { active: true, $or: [{ email: text.toLowerCase() }, { name: text }] }
    return (await this.#ctx.db.users.find(named, { fields: ['_id'], limit: 2 })).map(({ _id }) => _id)
  }

  async #records(entityKey: string, text: string): Promise<string[]> {
    const entity = await entityOf(this.#ctx, entityKey)
    const rows = rowFilter(this.#ctx, entity, 'read')
    if (rows === null) return []
    // What an index finds comes first; the name is looked for only where that found nothing.
    for (const named of [codesOf(entity, text), namesOf(entity, text)]) {
      const filter: Filter = { $and: [rows, { deletedAt: null }, named] }
      const found = await this.#ctx.db.records(entityKey).find(filter, { fields: ['_id'], limit: 2 })
      if (found.length > 0) return found.map(({ _id }) => _id)
    }
    return []
  }

  #row({ catalog, parents }: { catalog: string; parents: string[] }, text: string, siblings: JsonObject): CellReading {
    const { catalogs } = this.#entity.installed.pack
    const definition = catalogs[catalog]
    const rows = definition ? (this.#rowsOf(catalog).get(foldText(text)) ?? []) : []
    const narrowing = definition?.parent ? narrowedBy(parents, siblings) : null
    const fitting = narrowing
      ? rows.filter((row) => narrowing.keys.includes(rowsAbove(catalogs, catalog, row)[narrowing.level]?.key ?? null))
      : rows
    if (fitting.length === 0) return { problem: `«${text}» no está en la lista` }
    const active = fitting.filter((row) => row.inactive !== true)
    const [row] = active.length > 0 ? active : fitting
    if (active.length > 1) return { problem: `Hay varios «${text}» en la lista: escriba la clave` }
    return { value: row![definition!.key] as Json }
  }

  /** Rows of a catalogue by folded key and title. */
  #rowsOf(catalog: string): Map<string, JsonObject[]> {
    let byText = this.#catalogs.get(catalog)
    if (byText) return byText
    const definition = this.#entity.installed.pack.catalogs[catalog]!
    byText = new Map<string, JsonObject[]>()
    for (const row of definition.rows) {
      const texts = [row[definition.key], row[titleColumnOf(definition)]].map((text) => foldText(String(text ?? '')))
      for (const text of new Set(texts)) byText.set(text, [...(byText.get(text) ?? []), row])
    }
    this.#catalogs.set(catalog, byText)
    return byText
  }
}

/** The code, an earlier code or a unique field. */
function codesOf({ definition }: EntityInPack, text: string): Filter {
  const fields = Object.entries(definition.properties)
    .filter(([, property]) => property['x-code'] !== undefined || property['x-unique'] === true)
    .map(([name]) => ({ [`data.${name}`]: text }))
  return { $or: [...fields, { aliases: text }, { _id: text }] }
}

/** The name that lists show, or a text that it is made of. */
function namesOf({ definition }: EntityInPack, text: string): Filter {
  const parts = (definition['x-label'] ?? '').match(/[^{}|]+(?=[|}])/g) ?? []
  const fields = parts.filter((name) => definition.properties[name]?.type === 'string')
  return { $or: [{ label: text }, ...fields.map((name) => ({ [`data.${name}`]: text }))] }
}
