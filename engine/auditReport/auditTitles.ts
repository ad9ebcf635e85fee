import type { Ctx } from '../context.ts'
import { packsOf } from '../packs/index.ts'

/** What each action is called for people. */
const actionTitles: Record<string, string> = {
  'session.opened': 'Inicio de sesión',
  'session.refused': 'Ingreso rechazado',
  'session.closed': 'Cierre de sesión',
  'session.locked': 'Cuenta bloqueada por intentos',
  'session.revoked': 'Sesión terminada',
  'sessions.ended': 'Sesiones terminadas',
  'password.requested': 'Pidió enlace de contraseña',
  'password.created': 'Creación de contraseña',
  'password.reset': 'Restablecimiento de contraseña',
  'password.changed': 'Cambio de contraseña',
  'record.created': 'Creación',
  'record.updated': 'Modificación',
  'record.deleted': 'Eliminación',
  'record.viewed': 'Visualización',
  'list.viewed': 'Acceso a la bandeja',
  'file.uploaded': 'Carga de archivo',
  'file.downloaded': 'Descarga de archivo',
  'process.started': 'Inicio de trámite',
  'process.advanced': 'Avance automático del trámite',
  'process.cancelled': 'Trámite detenido',
  'process.moved': 'Trámite movido de paso',
  'task.completed': 'Tarea atendida',
  'task.claimed': 'Tarea tomada',
  'task.released': 'Tarea devuelta',
  'message.sent': 'Acción sobre el trámite',
  'mail.sent': 'Envío de notificación',
  'pack.installed': 'Versión instalada',
  'pack.published': 'Versión publicada',
  'draft.changed': 'Cambio en el estudio',
  'incident.resolved': 'Problema resuelto',
  'audit.exported': 'Exportación de auditoría',
  'personal.exported': 'Exportación de datos personales',
  'personal.accepted': 'Aceptación del aviso de privacidad',
  'personal.correction': 'Solicitud de corrección de datos',
  'personal.blocked': 'Bloqueo de datos personales',
  'personal.unblocked': 'Desbloqueo de datos personales',
  'personal.anonymised': 'Anonimización de datos personales',
}
/** Parts of the platform that are no entity and no process. */
const moduleTitles: Record<string, string> = {
  session: 'Acceso',
  sessions: 'Acceso',
  password: 'Acceso',
  account: 'Cuentas',
  accounts: 'Cuentas',
  substitutions: 'Sustituciones',
  settings: 'Configuración',
  roles: 'Roles y permisos',
  studio: 'Estudio',
  operations: 'Problemas',
  file: 'Archivos',
  mail: 'Notificaciones',
  pack: 'Estudio',
  draft: 'Estudio',
  incident: 'Problemas',
  audit: 'Auditoría',
  personal: 'Datos personales',
}

/** An action nobody gave a title is shown by its own words. */
export const actionTitle = (action: string): string => actionTitles[action] ?? action.replaceAll(/[.-]/g, ' ')

export interface Titles {
  action: (action: string) => string
  module: (module: string) => string
}

export async function titlesOf(ctx: Ctx): Promise<Titles> {
  const known = new Map(Object.entries(await modulesOf(ctx)))
  return { action: actionTitle, module: (module) => known.get(module) ?? moduleTitles[module] ?? module }
}

/** Modules that rows can belong to: entities and processes of the packs, parts of the platform. */
async function modulesOf(ctx: Ctx): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const { pack, processes } of await packsOf(ctx).all(ctx)) {
    for (const [key, process] of Object.entries(processes)) found[key] = process.name
    for (const [key, entity] of Object.entries(pack.entities)) found[key] = entity['x-title-plural'] ?? entity.title
  }
  return found
}

/** Choices of the filters: actions and modules by title, several keys under one title together. */
export async function choicesOf(ctx: Ctx): Promise<{ actions: Choice[]; modules: Choice[] }> {
  return {
    actions: grouped(actionTitles),
    modules: grouped({ ...moduleTitles, ...(await modulesOf(ctx)) }),
  }
}
interface Choice {
  /** Keys with commas between. */
  value: string
  title: string
}

function grouped(titles: Record<string, string>): Choice[] {
  const byTitle = new Map<string, string[]>()
  for (const [key, title] of Object.entries(titles)) byTitle.set(title, [...(byTitle.get(title) ?? []), key])
  return [...byTitle]
    .map(([title, keys]) => ({ title, value: keys.join(',') }))
    .sort((a, b) => a.title.localeCompare(b.title, 'es'))
}
