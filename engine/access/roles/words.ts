import { pluralTitle } from '#definitions'
import type { InstalledPack } from '../../packs/index.ts'

/** What the matrix says in Spanish: «Planner MTTO podrá exportar Clientes». */
export const ACTION_WORDS: Record<string, string> = {
  read: 'ver',
  create: 'crear',
  edit: 'modificar',
  delete: 'eliminar',
  correct: 'corregir datos fijos de',
  inactivate: 'inactivar',
  cancel: 'cancelar lo programado de',
  export: 'exportar',
  import: 'importar',
  print: 'imprimir',
  history: 'ver el historial de',
  publish: 'publicar',
}

const THING_WORDS: Record<string, string> = {
  settings: 'Configuración',
  audit: 'Auditoría',
  studio: 'Estudio',
  operations: 'Operación',
  roles: 'Roles y permisos',
  substitutions: 'Sustituciones',
  accounts: 'Cuentas de acceso',
}

const GROUP_WORDS: Record<string, string> = { '@staff': 'Todo el personal', '@portal': 'Todo el portal' }

export function thingTitle({ pack, processes }: InstalledPack, thing: string): string {
  const entity = pack.entities[thing]
  return entity ? pluralTitle(entity) : (processes[thing]?.name ?? THING_WORDS[thing] ?? thing)
}

/** The action by itself, as the matrix lists it: «Ver el historial», «Anular contrato». */
export function actionLabel(installed: InstalledPack, thing: string, action: string): string {
  const phrase = actionTitle(installed, thing, action)
    .replace(/ (?:de|en)$/, '')
    .replace(/^«(.*)»$/, '$1')
  return phrase.charAt(0).toUpperCase() + phrase.slice(1)
}

/** Within a sentence, before the thing: buttons of processes by their label, everything else by a word of the platform. */
export function actionTitle(installed: InstalledPack, thing: string, action: string): string {
  const word = ACTION_WORDS[action]
  if (word) return word
  for (const { process, messages, name } of Object.values(installed.processes)) {
    if (process.entity !== thing && name !== action) continue
    const message = Object.values(messages).find((candidate) => candidate.name === action)
    if (message) return `«${message.label}» en`
  }
  return installed.processes[action] ? `iniciar «${installed.processes[action].name}» en` : `«${action}» en`
}

export function subjectTitle({ pack }: InstalledPack, subject: string): string {
  if (!subject.startsWith('@')) return pack.roles.roles[subject]?.title ?? subject
  return GROUP_WORDS[subject] ?? pack.roles.groups?.[subject.slice(1)]?.title ?? subject
}

export const listed = (names: string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} y ${names.at(-1) ?? ''}`

/** The subject of a sentence: «El rol Técnicos», «El grupo FM», «Todo el personal». */
export function subjectPhrase(installed: InstalledPack, subject: string): string {
  const title = subjectTitle(installed, subject)
  if (!subject.startsWith('@')) return `El rol ${title}`
  return GROUP_WORDS[subject] ? title : `El grupo ${title}`
}
