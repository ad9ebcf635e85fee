import { builtinFunctions, createBusinessFunctions, type ExpressionFunctions, type JsonObject } from '#forms'
import type { Candidate, CompiledProcess } from '../bpmn/index.ts'
import { roleCatalogs, type EntityDefinition, type Finding, type Pack, type RolesFile } from '#definitions'
import type { PluginAction, PluginService } from '#plugins/contract'
import { pluginFunctions } from '#plugins/functions'
import { pluginActions, pluginServices } from '#plugins/server'
import { compileProcess } from '../bpmn/index.ts'
import { CalendarOverlay } from './CalendarOverlay.ts'
import { holidaysIn } from './holidays.ts'

/** A numbered, immutable version of a pack, compiled. Shared by everything in this process. */
export interface InstalledPack {
  name: string
  number: number
  pack: Pack
  processes: Record<string, CompiledProcess>
  /** roles.json as the version says it, before what was changed in the browser. */
  seedRoles: RolesFile
  /** Functions that expressions of this version may call. */
  functions: ExpressionFunctions
  /** Services that its service tasks may name: `plugin.service`. */
  services: Record<string, PluginService>
  /** What its buttons and the clock may set off: `plugin.action`. */
  actions: Record<string, PluginAction>
}

/** Compiles a parsed pack; `calendar` holds the company's own holidays. Throws PackCompileError with the findings of the first process that does not compile. */
export async function compilePack(
  pack: Pack,
  number: number,
  timeZone: string,
  calendar = new CalendarOverlay(),
): Promise<InstalledPack> {
  const isOfficial = (day: string): boolean => holidaysIn(pack, Number(day.slice(0, 4))).has(day)
  const processes: Record<string, CompiledProcess> = {}
  for (const [key, xml] of Object.entries(pack.processes)) {
    const result = await compileProcess(xml)
    if ('findings' in result)
      throw new PackCompileError(result.findings.map((finding) => ({ ...finding, file: `processes/${key}.bpmn` })))
    processes[key] = result.definition
  }
  return {
    name: pack.manifest.name,
    number,
    pack,
    processes,
    seedRoles: pack.roles,
    functions: {
      ...builtinFunctions,
      ...createBusinessFunctions((day) => calendar.isHoliday(day, isOfficial), timeZone),
      ...pluginFunctions(pack.manifest.plugins ?? []),
    },
    services: pluginServices(pack.manifest.plugins ?? []),
    actions: pluginActions(pack.manifest.plugins ?? []),
  }
}

/** The same version with other rights; its role catalogues follow them. */
export function withRoles(installed: InstalledPack, roles: RolesFile): InstalledPack {
  const { pack } = installed
  return { ...installed, pack: { ...pack, roles, catalogs: { ...pack.catalogs, ...roleCatalogs(roles) } } }
}

export class PackCompileError extends Error {
  readonly findings: Finding[]
  constructor(findings: Finding[]) {
    super(findings.map((finding) => `${finding.file} ${finding.at}: ${finding.message}`).join('\n'))
    this.findings = findings
  }
}

/** An entity with the pack that defines it. */
export interface EntityInPack {
  key: string
  definition: EntityDefinition
  installed: InstalledPack
}

/** Configuración: the schema's defaults under what was saved. */
export function settingsWithDefaults(pack: Pack, saved: JsonObject): JsonObject {
  return mergeDefaults(pack.manifest.settings ?? {}, saved)
}

function mergeDefaults(schema: { properties?: Record<string, unknown> }, saved: JsonObject): JsonObject {
  const result: JsonObject = { ...saved }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const child = property as { properties?: Record<string, unknown>; default?: JsonObject[string] }
    const value = saved[name]
    if (child.properties) {
      result[name] = mergeDefaults(child, (value ?? {}) as JsonObject)
    } else if (value === undefined) {
      result[name] = child.default ?? null
    }
  }
  return result
}

/** How a candidate is stored with a task and searched: one text per kind. */
export function candidateKey(candidate: Candidate): string {
  if (candidate.role && !candidate.party) return `role:${candidate.role}`
  if (candidate.group) return `group:${candidate.group}`
  if (candidate.user) return `user:${candidate.user}`
  return `party:${candidate.party ?? ''}:${candidate.role ?? '*'}`
}
