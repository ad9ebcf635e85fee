import { parentFields } from '#forms'
import type { EntityDefinition, Finding } from '../../types.ts'
import { propertiesOf, referredEntity, userEntity, type CheckInput, type PropertyPlace } from '../CheckInput.ts'
import { expectIn, type Expect } from '../finding.ts'
import { fieldOfUse, namesInPattern, settingPaths } from '../namesIn.ts'
import { checkRequest, type RequestWords } from './checkRequest.ts'

/** Entities: fields, entities, catalogues and settings that are named and do not exist. */
export function checkEntities(input: CheckInput): Finding[] {
  return Object.entries(input.pack.entities).flatMap(([key, entity]) => checkEntity(input, key, entity))
}

function checkEntity(input: CheckInput, key: string, entity: EntityDefinition): Finding[] {
  const file = `entities/${key}.json`
  const findings: Finding[] = []
  const expect = expectIn(findings, file)
  const own = Object.keys(entity.properties)
  const field = (at: string, name: string) => expect(at, 'el campo', name, own)

  entity.required?.forEach((name, index) => field(`/required/${index}`, name))
  for (const name of namesInPattern(entity['x-label'] ?? '')) expect('/x-label', 'el campo', name, own)
  entity['x-sections']?.forEach((section, index) =>
    section.fields.forEach((use, place) => field(`/x-sections/${index}/fields/${place}`, fieldOfUse(use))),
  )
  entity['x-unique']?.forEach((unique, index) =>
    unique.fields.forEach((name, place) => field(`/x-unique/${index}/fields/${place}`, name)),
  )
  const sheet = entity['x-import']
  sheet?.key?.forEach((name, index) => field(`/x-import/key/${index}`, name))
  sheet?.exclude?.forEach((name, index) => field(`/x-import/exclude/${index}`, name))
  for (const [name, related] of Object.entries(entity['x-related'] ?? {})) {
    expect(`/x-related/${name}/entity`, 'la entidad', related.entity, input.names.entities)
    const other = input.pack.entities[related.entity]
    if (!other) continue
    const there = Object.keys(other.properties)
    expect(`/x-related/${name}/by`, 'el campo', related.by, there)
    for (const field of Object.keys(related.set ?? {}))
      expect(`/x-related/${name}/set/${field}`, 'el campo', field, there)
    for (const [field, from] of Object.entries(related.copy ?? {})) {
      expect(`/x-related/${name}/copy/${field}`, 'el campo', field, there)
      for (const source of [from].flat()) expect(`/x-related/${name}/copy/${field}`, 'el campo', source, own)
    }
    if (related.rows) {
      const { from, copy } = related.rows
      const columnsOf = (list: string): string[] => Object.keys(entity.properties[list]?.items?.properties ?? {})
      const lists = own.filter((list) => columnsOf(list).length > 0)
      expect(`/x-related/${name}/rows/from`, 'la lista', from, lists)
      for (const [field, column] of Object.entries(copy)) {
        expect(`/x-related/${name}/rows/copy/${field}`, 'el campo', field, there)
        expect(`/x-related/${name}/rows/copy/${field}`, 'la columna', column, columnsOf(from))
      }
    }
  }
  for (const place of propertiesOf(entity)) checkProperty(input, place, own, expect)
  for (const { at, path } of settingPaths(entity)) expect(at, 'el ajuste', path, settingNames(input))
  return findings
}

interface ReferenceWords {
  request?: RequestWords
  named?: string
}

/** What one property names; also used for the own fields of forms. */
export function checkProperty(input: CheckInput, { at, schema }: PropertyPlace, own: string[], expect: Expect): void {
  const { names, pack } = input
  const entity = referredEntity(schema)
  if (entity !== null && entity !== userEntity) expect(`${at}/x-ref`, 'la entidad', entity, names.entities)
  const ref = schema['x-ref'] as ReferenceWords | string | undefined
  if (typeof ref === 'object') checkRequest(input, `${at}/x-ref/request`, ref.request, expect)
  if (typeof ref === 'object' && ref.named) expect(`${at}/x-ref/named`, 'el campo', ref.named, own)
  const create = option(schema['x-ref'], 'create')
  if (create && create !== 'form') expect(`${at}/x-ref/create`, 'el formulario', create, names.forms)

  const catalog = option(schema['x-catalog'], 'catalog') ?? option(schema.items?.['x-catalog'], 'catalog')
  if (catalog) expect(`${at}/x-catalog`, 'el catálogo', catalog, names.catalogs)
  for (const parent of parentFields(schema['x-catalog'])) expect(`${at}/x-catalog/parent`, 'el campo', parent, own)

  const unique = schema['x-unique'] as { with?: string[] } | true | undefined
  if (unique && unique !== true)
    unique.with?.forEach((name, index) => expect(`${at}/x-unique/with/${index}`, 'el campo', name, own))
  const inner = schema.items
  schema.required?.forEach((name, index) =>
    expect(`${at}/required/${index}`, 'el campo', name, Object.keys(schema.properties ?? {})),
  )
  inner?.required?.forEach((name, index) =>
    expect(`${at}/items/required/${index}`, 'la columna', name, Object.keys(inner.properties ?? {})),
  )
  const table = schema['x-table'] as { main?: string; uniqueBy?: string[] } | true | undefined
  if (table && table !== true) {
    const columns = Object.keys(inner?.properties ?? {})
    if (table.main) expect(`${at}/x-table/main`, 'la columna', table.main, columns)
    table.uniqueBy?.forEach((name, index) => expect(`${at}/x-table/uniqueBy/${index}`, 'la columna', name, columns))
  }
  const suggest = schema['x-suggest'] as { from?: string[] } | true | undefined
  if (suggest && suggest !== true) {
    suggest.from?.forEach((source, index) => {
      const place = `${at}/x-suggest/from/${index}`
      if (source.startsWith('catalog:')) return expect(place, 'el catálogo', source.slice(8), names.catalogs)
      const [other = '', field = ''] = source.split('.')
      expect(place, 'la entidad', other, names.entities)
      const properties = pack.entities[other]?.properties
      if (properties) expect(place, 'el campo', field, Object.keys(properties))
    })
  }
}

/** Dotted paths of every setting of the pack. */
export function settingNames({ pack }: CheckInput): string[] {
  return propertiesOf(pack.manifest.settings ?? {}).map((place) => place.path)
}

/** Of an annotation with a short form (the text itself is `key`) the value under a key. */
function option(annotation: unknown, key: string): string | undefined {
  if (typeof annotation === 'string') return key === 'catalog' || key === 'entity' ? annotation : undefined
  const value = (annotation as Record<string, unknown> | undefined)?.[key]
  return typeof value === 'string' ? value : undefined
}
