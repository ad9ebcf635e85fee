import type { FormSchema } from '#forms'
import { fieldKind, isList, type FieldKind } from '../../fieldKind.ts'
import { readMeasure } from '../../readMeasure.ts'
import type { EntityDefinition, Finding, ReportDefinition, ReportGroup, ReportMeasure } from '../../types.ts'
import type { CheckInput } from '../CheckInput.ts'
import { errorAt, unknownName } from '../finding.ts'
import { subjectsIn } from './rightsOf.ts'

/** Reports: an entity, fields, filters and roles that exist, and folds that the store can work out. */
export function checkReports(input: CheckInput): Finding[] {
  return Object.entries(input.pack.views).flatMap(([key, report]) => new ReportChecker(input, key, report).findings())
}

const GROUPABLE = new Set<FieldKind>(['reference', 'catalog', 'choice', 'boolean', 'date', 'integer', 'text', 'code'])

class ReportChecker {
  readonly #found: Finding[] = []
  readonly #file: string

  constructor(
    private readonly input: CheckInput,
    key: string,
    private readonly report: ReportDefinition,
  ) {
    this.#file = `views/${key}.json`
  }

  findings(): Finding[] {
    const { report, input } = this
    this.#expect('/entity', 'la entidad', report.entity, [...input.names.entities])
    report.roles?.forEach((role, index) => this.#expect(`/roles/${index}`, 'el rol o grupo', role, subjectsIn(input)))
    if (!report.measures && !report.columns)
      this.#report('', 'El reporte no muestra nada', 'Escriba measures, columns o ambos')
    const entity = input.pack.entities[report.entity]
    if (entity) this.#checkFields(entity)
    return this.#found
  }

  #checkFields(entity: EntityDefinition): void {
    const { group = [], measures = [], columns = [], filters = [], sort } = this.report
    for (const [index, given] of group.entries()) {
      const { field, by }: ReportGroup = typeof given === 'string' ? { field: given } : given
      const at = typeof given === 'string' ? `/group/${index}` : `/group/${index}/field`
      const property = this.#fieldOf(entity, at, field)
      if (property) this.#checkGroup(entity, `/group/${index}`, field, property, by)
    }
    for (const [index, measure] of measures.entries())
      if (measure !== 'count') this.#checkMeasure(entity, `/measures/${index}`, measure)
    columns.forEach((name, index) => this.#fieldOf(entity, `/columns/${index}`, name))
    const list = entity['x-list']
    const known = (list?.filters ?? []).map((filter) => (typeof filter === 'string' ? filter : filter.name))
    filters.forEach((name, index) => this.#expect(`/filters/${index}`, 'el filtro de la lista', name, known))
    if (sort === undefined) return
    const compared = [...(list?.columns ?? []), ...known, ...(list?.search ?? [])].filter((name) => {
      const property = entity.properties[name]
      return !isList(property) && !['none', 'reference'].includes(fieldKind(property))
    })
    this.#expect('/sort', 'para ordenar el campo', sort.replace(/^-/, ''), [...compared, 'createdAt', 'updatedAt'])
  }

  #checkGroup(
    entity: EntityDefinition,
    at: string,
    field: string,
    property: FormSchema,
    by: 'month' | 'year' | undefined,
  ): void {
    const kind = fieldKind(property)
    // A state that follows by date is stored nowhere.
    const isStored = entity['x-effective']?.state?.field !== field
    if (isList(property) || !GROUPABLE.has(kind) || !isStored)
      this.#report(at, `No se puede agrupar por «${field}»`, 'Use una referencia, un catálogo o una opción')
    else if (by !== undefined && kind !== 'date')
      this.#report(`${at}/by`, `«${field}» no es un día`, 'Quite «by», o agrupe por una fecha')
  }

  #checkMeasure(entity: EntityDefinition, at: string, measure: ReportMeasure): void {
    const read = readMeasure(measure)
    if (!read) {
      this.#report(at, 'La medida no dice qué es, o dice dos cosas', 'Escriba una: sum, avg, min o max')
      return
    }
    const { fold, field } = read
    const place = `${at}/${fold}`
    const property = this.#fieldOf(entity, place, field)
    const kind = fieldKind(property)
    const isNumber = kind === 'decimal' || kind === 'integer'
    const isFolded = isNumber || (kind === 'date' && (fold === 'min' || fold === 'max'))
    if (property && (isList(property) || !isFolded))
      this.#report(place, `«${field}» no es un número guardado`, 'Use un importe, una cantidad o un entero')
    else if (property && !isCurrencyKnown(entity, property))
      this.#report(place, `No se sabe en qué moneda está «${field}»`, 'Nombre en x-money un campo o un código')
    const { times } = measure
    if (times === undefined) return
    const factor = this.#fieldOf(entity, `${at}/times`, times)
    const isFactor = ['decimal', 'integer'].includes(fieldKind(factor)) && !factor?.['x-money'] && !isList(factor)
    if ((factor && !isFactor) || !isNumber)
      this.#report(`${at}/times`, `«${times}» no multiplica a «${field}»`, 'Use una cantidad o un entero')
  }

  /** The field, where it exists and may be shown to everybody who reads it. */
  #fieldOf(entity: EntityDefinition, at: string, name: string): FormSchema | undefined {
    this.#expect(at, 'el campo', name, Object.keys(entity.properties))
    const property = Object.hasOwn(entity.properties, name) ? entity.properties[name] : undefined
    if (property?.['x-personal'] !== 'sensitive') return property
    this.#report(at, `«${name}» es un dato sensible`, 'Quítelo: un reporte no los muestra')
    return undefined
  }

  #expect(at: string, kind: string, name: string, known: string[]): void {
    if (!known.includes(name)) this.#found.push(unknownName(this.#file, at, kind, name, known))
  }

  #report(at: string, what: string, cure: string): void {
    this.#found.push(errorAt('report', this.#file, at, what, cure))
  }
}

/** No money, money of one currency, or of the one in a field beside it. */
function isCurrencyKnown(entity: EntityDefinition, property: FormSchema): boolean {
  const money = property['x-money']
  if (money === undefined) return true
  return typeof money === 'string' && (/^[A-Z]{3}$/.test(money) || Object.hasOwn(entity.properties, money))
}
