import type { InstalledPack } from '../../packs/index.ts'
import { actionTitle, listed, subjectPhrase, subjectTitle, thingTitle } from './words.ts'

/** One place of the matrix that changed; `at` as in the history: `can/<thing>/<subject>`. */
export interface MatrixDifference {
  at: string
  before: unknown
  after: unknown
}

/**
 * What a difference means, as a sentence. `before` and `after` are the versions with the roles before and after it:
 * names are taken where they exist.
 */
export function describeDifference(before: InstalledPack, after: InstalledPack, difference: MatrixDifference): string {
  const [kind = '', thing = '', name = ''] = difference.at.split('/')
  const who = subjectPhrase(after, name)
  const what = thingTitle(after, thing)
  switch (kind) {
    case 'can':
      return describeCell(after, thing, who, what, difference)
    case 'rows':
      return difference.after
        ? `${who}: de ${what}, solo lo que cumple «${String(difference.after)}».`
        : `${who}: de ${what}, todo, sin límite propio.`
    case 'fields':
      return describeField(after, thing, name, what, difference.after as FieldRule | null)
    case 'groups':
      return `«${after.pack.roles.groups?.[thing]?.title ?? thing}» lo forman ahora: ${listed((difference.after as string[]).map((role) => subjectTitle(after, role)))}.`
    default:
      return describeRole(before, after, thing)
  }
}

function describeCell(
  installed: InstalledPack,
  thing: string,
  who: string,
  what: string,
  { before, after }: MatrixDifference,
): string {
  const split = (text: unknown): string[] => (typeof text === 'string' ? text.split(/\s+/).filter(Boolean) : [])
  const titles = (actions: string[]): string => listed(actions.map((action) => actionTitle(installed, thing, action)))
  const gained = split(after).filter((action) => !split(before).includes(action))
  const lost = split(before).filter((action) => !split(after).includes(action))
  const parts = [
    ...(gained.length > 0 ? [`podrá ${titles(gained)} ${what}`] : []),
    ...(lost.length > 0 ? [`ya no podrá ${titles(lost)} ${what}`] : []),
  ]
  return `${who} ${parts.join(' y ')}.`
}

interface FieldRule {
  read?: string[]
  edit?: string[]
}

function describeField(
  installed: InstalledPack,
  thing: string,
  field: string,
  what: string,
  rule: FieldRule | null,
): string {
  const title = installed.pack.entities[thing]?.properties[field]?.title ?? field
  const names = (subjects: string[]): string =>
    subjects.length === 0 ? 'nadie' : listed(subjects.map((subject) => subjectTitle(installed, subject)))
  if (!rule) return `El dato «${title}» de ${what}: sin límite propio.`
  const parts = [
    ...(rule.read ? [`lo ve solo ${names(rule.read)}`] : []),
    ...(rule.edit ? [`lo modifica solo ${names(rule.edit)}`] : []),
  ]
  return `El dato «${title}» de ${what}: ${parts.join('; ')}.`
}

function describeRole(before: InstalledPack, after: InstalledPack, key: string): string {
  const old = before.pack.roles.roles[key]
  const now = after.pack.roles.roles[key]
  if (!old) return `Nuevo rol: ${now?.title ?? key}.`
  if (!now) return `El rol ${old.title} deja de existir.`
  if (now.retired !== old.retired && (now.retired ?? false) !== (old.retired ?? false))
    return now.retired
      ? `El rol ${now.title} queda retirado: deja de dar permisos.`
      : `El rol ${now.title} vuelve a dar permisos.`
  return old.title === now.title
    ? `Cambia la descripción del rol ${now.title}.`
    : `El rol ${old.title} se llamará ${now.title}.`
}
