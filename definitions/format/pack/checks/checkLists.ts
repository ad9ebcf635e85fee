import { compileRule, type FormSchema } from '#forms'
import type { EntityDefinition, Finding, NamedFilter } from '../../types.ts'
import type { CheckInput } from '../CheckInput.ts'
import { errorAt, unknownName } from '../finding.ts'

/** Fields every record has besides those of its entity. */
const recordFields = ['id', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy']

/** Lists: columns, filters and searched fields that exist, and filters that can be asked. */
export function checkLists(input: CheckInput): Finding[] {
  return Object.entries(input.pack.entities).flatMap(([key, entity]) => new ListChecker(input, key, entity).findings())
}

class ListChecker {
  readonly #found: Finding[] = []
  readonly #file: string

  constructor(
    private readonly input: CheckInput,
    key: string,
    private readonly entity: EntityDefinition,
  ) {
    this.#file = `entities/${key}.json`
  }

  findings(): Finding[] {
    const list = this.entity['x-list']
    if (!list) return []
    const own = Object.keys(this.entity.properties)
    const shown = [...own, ...recordFields]
    list.columns.forEach((name, index) => this.#expect(`/columns/${index}`, 'el campo', name, shown))
    list.search?.forEach((name, index) => this.#expect(`/search/${index}`, 'el campo', name, own))
    list.card?.forEach((name, index) => this.#expect(`/card/${index}`, 'el campo', name, own))
    if (list.sort) this.#expect('/sort', 'el campo', list.sort.replace(/^-/, ''), shown)
    list.filters?.forEach((filter, index) => {
      if (typeof filter === 'string') this.#expect(`/filters/${index}`, 'el campo', filter, own)
      else this.#checkNamed(`/filters/${index}`, filter)
    })
    return this.#found
  }

  #checkNamed(at: string, filter: NamedFilter): void {
    const { name, paths, where, params, tasks } = filter
    if (Object.hasOwn(this.entity.properties, name))
      this.#report('filter-name', `${at}/name`, `«${name}» ya es un campo`, 'Llame al filtro de otra manera')
    if ([paths, where, tasks].filter(Boolean).length !== 1)
      this.#report('filter-shape', at, 'El filtro no dice qué busca', 'Escriba uno de: paths, where, tasks')
    if (params && !where)
      this.#report(
        'filter-shape',
        `${at}/params`,
        'Los datos que se piden no se usan',
        'Escriba where, o retire params',
      )
    paths?.forEach((path, place) => this.#checkPath(`${at}/paths/${place}`, path))
    if (where) this.#checkParams(at, where, params ?? {})
  }

  /** A field, a column of a sub-list, or a field of records that refer to this one. */
  #checkPath(at: string, path: string): void {
    const related = this.entity['x-related'] ?? {}
    let schema: FormSchema = this.entity
    for (const [index, part] of path.split('.').entries()) {
      const fields: Record<string, FormSchema> = (schema.items ?? schema).properties ?? {}
      const isRelated = index === 0 && !Object.hasOwn(fields, part) && Object.hasOwn(related, part)
      this.#expect(at, 'el campo', part, [...Object.keys(fields), ...(index === 0 ? Object.keys(related) : [])])
      const next = isRelated ? this.input.pack.entities[related[part]?.entity ?? ''] : fields[part]
      // The rest could not be judged.
      if (!next) return
      schema = next
    }
    if (schema.properties ?? schema.items?.properties)
      this.#report('filter-shape', at, `«${path}» no es un dato`, 'Nombre un campo: lista.columna')
  }

  #checkParams(at: string, where: string, params: Record<string, FormSchema>): void {
    const known = Object.keys(params)
    let inputs: string[]
    try {
      inputs = compileRule(where).inputs
    } catch {
      // Told where rules are checked.
      return
    }
    const used = inputs.filter((path) => path.startsWith('params.')).map((path) => path.split('.')[1] ?? '')
    for (const name of used) this.#expect(`${at}/where`, 'el dato pedido', name, known)
    for (const name of known)
      if (!used.includes(name))
        this.#report('unused', `${at}/params/${name}`, `where no usa «${name}»`, `Use params.${name}, o retírelo`)
    for (const [name, schema] of Object.entries(params)) {
      const catalog = schema['x-catalog'] as string | { catalog: string } | undefined
      const entity = schema['x-ref'] as string | { entity: string } | undefined
      const place = `${at}/params/${name}`
      if (catalog)
        this.#expect(place, 'el catálogo', typeof catalog === 'string' ? catalog : catalog.catalog, [
          ...this.input.names.catalogs,
        ])
      if (entity)
        this.#expect(place, 'la entidad', typeof entity === 'string' ? entity : entity.entity, [
          ...this.input.names.entities,
          '$user',
        ])
    }
  }

  #expect(at: string, kind: string, name: string, known: string[]): void {
    if (!known.includes(name)) this.#found.push(unknownName(this.#file, `/x-list${at}`, kind, name, known))
  }

  #report(code: string, at: string, what: string, cure: string | undefined): void {
    this.#found.push(errorAt(code, this.#file, `/x-list${at}`, what, cure))
  }
}
