import { parseBpmn, readProcess, theProcess, type ProcessModel } from '../bpmn/index.ts'
import type { Finding, Pack, PackFiles } from '../types.ts'
import { ROLE_CATALOGS } from '../roleCatalogs.ts'
import type { CheckInput, CheckOptions } from './CheckInput.ts'
import { checkShapes } from './checkShapes.ts'
import { checkActions } from './checks/checkActions.ts'
import { checkAccounts } from './checks/checkAccounts.ts'
import { checkAccess } from './checks/checkAccess.ts'
import { checkCatalogs } from './checks/checkCatalogs.ts'
import { checkCodes } from './checks/checkCodes.ts'
import { checkCycles } from './checks/checkCycles.ts'
import { checkDemo } from './checks/checkDemo.ts'
import { checkDuties } from './checks/checkDuties.ts'
import { checkEntities } from './checks/checkEntities.ts'
import { checkIcons } from './checks/checkIcons.ts'
import { checkLists } from './checks/checkLists.ts'
import { checkEffective } from './checks/checkEffective.ts'
import { checkExpressions } from './checks/checkExpressions.ts'
import { checkFacts } from './checks/checkFacts.ts'
import { checkForms } from './checks/checkForms.ts'
import { checkManifest } from './checks/checkManifest.ts'
import { checkMatrix } from './checks/checkMatrix.ts'
import { checkNumbers } from './checks/checkNumbers.ts'
import { checkPatterns } from './checks/checkPatterns.ts'
import { checkProcesses } from './checks/checkProcesses.ts'
import { checkPublicForms } from './checks/checkPublicForms.ts'
import { checkFixed } from './checks/checkFixed.ts'
import { checkLookups } from './checks/checkLookups.ts'
import { checkQr } from './checks/checkQr.ts'
import { checkReports } from './checks/checkReports.ts'
import { checkRequired } from './checks/checkRequired.ts'
import { checkRules } from './checks/checkRules.ts'
import { checkRoles } from './checks/checkRoles.ts'
import { checkStates } from './checks/checkStates.ts'
import { checkStories } from './checks/checkStories.ts'
import { checkTemplates } from './checks/checkTemplates.ts'
import { checkTexts } from './checks/checkTexts.ts'
import { checkUnique } from './checks/checkUnique.ts'
import { fileKindOf, parsePack, type FileKind } from './parsePack.ts'

/** Each looks at the parsed pack from one side; the order is the order of the findings. */
const checks: ((input: CheckInput) => Finding[] | Promise<Finding[]>)[] = [
  checkManifest,
  checkActions,
  checkAccess,
  checkRoles,
  checkEntities,
  checkIcons,
  checkLists,
  checkAccounts,
  checkRequired,
  checkNumbers,
  checkCodes,
  checkUnique,
  checkFixed,
  checkLookups,
  checkQr,
  checkStates,
  checkPatterns,
  checkCatalogs,
  checkForms,
  checkReports,
  checkExpressions,
  checkRules,
  checkFacts,
  checkEffective,
  checkCycles,
  checkProcesses,
  checkPublicForms,
  checkMatrix,
  checkDuties,
  checkTemplates,
  checkStories,
  checkDemo,
  checkTexts,
]

/**
 * The static checks of a pack: what a person would otherwise find out when a case is running. Never throws, whatever
 * the files hold: what is unreadable is a finding, and the parts that depend on it are left out.
 */
export async function checkPack(files: PackFiles, options: CheckOptions = {}): Promise<Finding[]> {
  const { pack, findings } = parsePack(files)
  const shapes = checkShapes(files)
  const known = [...findings, ...shapes]
  if (!pack) return known
  // A key too many leaves the rest of a file readable; anything else makes what follows guesswork.
  const broken = new Set(
    shapes.filter((finding) => !['unknown-key', 'not-built'].includes(finding.code)).map(({ file }) => file),
  )
  if (broken.has('pack.json') || broken.has('roles.json')) return known

  const processes = await readProcesses(pack)
  const input: CheckInput = { pack: withoutBroken(pack, broken), names: namesOf(files), processes, options }
  for (const check of checks) known.push(...(await check(input)))
  return known
}

/** The processes that can be read, for the other checks; what is wrong with the rest is for the check of processes. */
async function readProcesses(pack: Pack): Promise<Record<string, ProcessModel>> {
  const models: Record<string, ProcessModel> = {}
  for (const [key, xml] of Object.entries(pack.processes)) {
    const result = await parseBpmn(xml)
    if ('findings' in result) continue
    const process = theProcess(result.parsed.rootElement)
    if (!('severity' in process)) models[key] = readProcess(result.parsed.rootElement, process)
  }
  return models
}

function namesOf(files: PackFiles): CheckInput['names'] {
  const keys = (kind: FileKind) =>
    new Set(
      Object.keys(files).flatMap((path) => {
        const file = fileKindOf(path)
        return file?.kind === kind ? [file.key] : []
      }),
    )
  return {
    entities: keys('entity'),
    processes: keys('process'),
    forms: keys('form'),
    templates: keys('template'),
    catalogs: new Set([...keys('catalog'), ...ROLE_CATALOGS]),
    stories: keys('story'),
  }
}

/** The pack without the parts whose shape is wrong. */
function withoutBroken(pack: Pack, broken: Set<string>): Pack {
  const keep = <T>(folder: string, extension: string, part: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(part).filter(([key]) => !broken.has(`${folder}/${key}.${extension}`)))
  const hasBrokenDemo = [...broken].some((file) => file.startsWith('demo/'))
  return {
    ...pack,
    entities: keep('entities', 'json', pack.entities),
    forms: keep('forms', 'json', pack.forms),
    views: keep('views', 'json', pack.views),
    templates: keep('templates', 'hbs', pack.templates),
    catalogs: keep('catalogs', 'json', pack.catalogs),
    stories: keep('stories', 'json', pack.stories),
    seeds: keep('seeds', 'json', pack.seeds),
    demo: hasBrokenDemo ? {} : pack.demo,
  }
}
