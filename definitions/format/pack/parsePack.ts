import type { JsonObject } from '#forms'
import type {
  CatalogDefinition,
  DemoFile,
  EntityDefinition,
  Finding,
  FormDefinition,
  Pack,
  PackFiles,
  ReportDefinition,
} from '../types.ts'
import { roleCatalogs } from '../roleCatalogs.ts'
import type { PackManifest, RoleDefinition, RolesFile, SeedFile, StoryDefinition } from '../types.ts'
import { hashPack } from './hashPack.ts'
import { parseCsv } from './parseCsv.ts'
import { parseTemplate } from './parseTemplate.ts'

/** One kind of file: which paths, and what its key is. */
export const fileKinds = {
  manifest: /^(pack)\.json$/,
  roles: /^(roles)\.json$/,
  entity: /^entities\/([^/]+)\.json$/,
  process: /^processes\/([^/]+)\.bpmn$/,
  form: /^forms\/([^/]+)\.json$/,
  view: /^views\/([^/]+)\.json$/,
  template: /^templates\/([^/]+)\.hbs$/,
  catalog: /^catalogs\/([^/]+)\.json$/,
  catalogRows: /^catalogs\/([^/]+)\.csv$/,
  story: /^stories\/([^/]+)\.json$/,
  demo: /^demo\/([^/]+)\.json$/,
  seed: /^seeds\/([^/]+)\.json$/,
  texts: /^texts\/([^/]+)\.json$/,
} as const
export type FileKind = keyof typeof fileKinds

/** Parts of a pack that the vocabulary describes and this version does not run: refused by name, never ignored. */
const notBuilt: [RegExp, string][] = [
  [/^decisions\//, 'Las tablas de decisión'],
  [/^migrations\//, 'Las migraciones'],
]

/** The kind and the key (file name without extension) of a path inside a pack; undefined for a file no pack has. */
export function fileKindOf(path: string): { kind: FileKind; key: string } | undefined {
  for (const [kind, pattern] of Object.entries(fileKinds)) {
    const match = pattern.exec(path)
    if (match?.[1]) return { kind: kind as FileKind, key: match[1] }
  }
  return undefined
}

/**
 * Parses the files of a pack. Never throws: what cannot be read is a finding. `pack` is missing only when there is no
 * readable pack.json or roles.json; other unreadable files are left out of it. Shapes and references are not checked
 * here but by `checkPack`.
 */
export function parsePack(files: PackFiles): { pack?: Pack; findings: Finding[] } {
  const findings: Finding[] = []
  const json = parseJsonFiles(files, findings)
  findings.push(...findStrayFiles(files))

  const manifest = json['pack.json']
  const roles = json['roles.json']
  if (!files['pack.json']) findings.push(missing('pack.json', 'nombre, versión y título del paquete'))
  if (!files['roles.json']) findings.push(missing('roles.json', 'roles y permisos'))
  if (!manifest || !roles) return { findings }

  const ofKind = <T>(kind: FileKind): Record<string, T> => {
    const found: Record<string, T> = {}
    for (const [path, value] of Object.entries(json)) {
      const file = fileKindOf(path)
      if (file?.kind === kind) found[file.key] = value as T
    }
    return found
  }
  const textsOfKind = (kind: FileKind) =>
    Object.entries(files).flatMap(([path, text]) => {
      const file = fileKindOf(path)
      return file?.kind === kind ? [{ key: file.key, text }] : []
    })

  const pack: Pack = {
    manifest: manifest as unknown as PackManifest,
    roles: { can: {}, ...roles } as unknown as RolesFile,
    entities: ofKind<EntityDefinition>('entity'),
    processes: Object.fromEntries(textsOfKind('process').map(({ key, text }) => [key, text])),
    forms: ofKind<FormDefinition>('form'),
    views: ofKind<ReportDefinition>('view'),
    templates: Object.fromEntries(textsOfKind('template').map(({ key, text }) => [key, parseTemplate(text).template])),
    catalogs: {
      ...readCatalogs(ofKind<CatalogDefinition>('catalog'), files, findings),
      ...roleCatalogs({ can: {}, ...roles, roles: recordOf(roles.roles) }),
    },
    stories: ofKind<StoryDefinition>('story'),
    demo: mergeDemo(Object.values(ofKind<DemoFile>('demo'))),
    seeds: Object.fromEntries(
      Object.entries(ofKind<Partial<SeedFile>>('seed')).map(([entity, seed]) => [
        entity,
        { records: listOf(seed.records), incomplete: seed.incomplete === true },
      ]),
    ),
    texts: ofKind<Record<string, string>>('texts'),
    files,
    hash: hashPack(files),
  }
  return { pack, findings }
}

function parseJsonFiles(files: PackFiles, findings: Finding[]): Record<string, JsonObject> {
  const parsed: Record<string, JsonObject> = {}
  for (const [path, text] of Object.entries(files)) {
    if (!path.endsWith('.json') || !fileKindOf(path)) continue
    try {
      const value: unknown = JSON.parse(text)
      if (value === null || typeof value !== 'object' || Array.isArray(value)) {
        findings.push(
          error('json', path, '', 'El archivo debe contener un objeto { … }', 'Encierre el contenido entre llaves'),
        )
      } else {
        parsed[path] = value as JsonObject
      }
    } catch (problem) {
      const reason = problem instanceof Error ? problem.message : String(problem)
      findings.push(error('json', path, '', `No es JSON válido: ${reason}`, 'Revise comas, comillas y llaves'))
    }
  }
  return parsed
}

function findStrayFiles(files: PackFiles): Finding[] {
  return Object.keys(files).flatMap((path) => {
    if (fileKindOf(path)) return []
    const planned = notBuilt.find(([pattern]) => pattern.test(path))
    if (planned)
      return [error('not-built', path, '', `${planned[1]} todavía no están disponibles`, 'Retire el archivo por ahora')]
    const folders = 'entities, processes, forms, views, templates, catalogs, stories, demo, seeds, texts'
    return [
      error('unknown-file', path, '', 'Este archivo no pertenece a ningún paquete', `Carpetas conocidas: ${folders}`),
    ]
  })
}

function readCatalogs(
  catalogs: Record<string, CatalogDefinition>,
  files: PackFiles,
  findings: Finding[],
): Record<string, CatalogDefinition> {
  return Object.fromEntries(
    Object.entries(catalogs).map(([key, catalog]) => {
      const rows: unknown = catalog.rows
      if (typeof rows !== 'string') return [key, { ...catalog, rows: listOf<JsonObject>(rows) }]
      const text = files[`catalogs/${rows}`]
      if (text === undefined) {
        findings.push(
          error(
            'unresolved',
            `catalogs/${key}.json`,
            '/rows',
            `No existe el archivo «${rows}»`,
            'Cree el archivo junto al catálogo',
          ),
        )
      }
      return [key, { ...catalog, rows: text === undefined ? [] : parseCsv(text) }]
    }),
  )
}

function mergeDemo(parts: DemoFile[]): DemoFile {
  const records: NonNullable<DemoFile['records']> = {}
  for (const part of parts) {
    for (const [entity, rows] of Object.entries(part.records ?? {}))
      records[entity] = [...(records[entity] ?? []), ...listOf<JsonObject>(rows)]
  }
  return {
    users: parts.flatMap((part) => listOf(part.users)),
    records,
    play: parts.flatMap((part) => listOf(part.play)),
  }
}

/** Its entries that are objects; what is not one is reported by the shape check. */
function recordOf(value: unknown): Record<string, RoleDefinition> {
  const entries = Object.entries(value !== null && typeof value === 'object' ? value : {})
  return Object.fromEntries(entries.filter(([, role]) => role !== null && typeof role === 'object'))
}

/** The value when it is a list; what is not one is reported by the shape check. */
function listOf<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : []
}

function missing(file: string, holds: string): Finding {
  return error('unresolved', file, '', `Falta el archivo ${file}`, `Debe decir: ${holds}`)
}

function error(code: string, file: string, at: string, message: string, cure: string): Finding {
  return { code, severity: 'error', file, at, message, cure }
}
