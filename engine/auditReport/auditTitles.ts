import { pluralTitle } from '#definitions'
import type { Ctx } from '../context.ts'
import { packsOf } from '../packs/index.ts'

/** What each action is called for people. */
const actionTitles: Record<string, string> = {
  'session.opened': 'Inicio de sesión',
  'session.refused': 'Ingreso rechazado',
  'session.closed': 'Cierre de sesión',
  'session.locked': 'Cuenta bloqueada por intentos',
  'session.revoked': 'Sesiones terminadas',
  'password.token-requested': 'Solicitud de enlace de contraseña',
  'password.token-sent': 'Envío de enlace de contraseña',
  'password.token-killed': 'Enlace de contraseña anulado',
  'password.created': 'Creación de contraseña',
  'password.reset': 'Restablecimiento de contraseña',
  'password.changed': 'Cambio de contraseña',
  'second-factor.enrolled': 'Verificación en dos pasos activada',
  'second-factor.removed': 'Verificación en dos pasos desactivada',
  'second-factor.reset': 'Verificación en dos pasos restablecida',
  'second-factor.recovery-used': 'Ingreso con código de recuperación',
  'second-factor.codes-renewed': 'Códigos de recuperación renovados',
  'account.created': 'Creación de cuenta',
  'account.updated': 'Cambio de cuenta',
  'account.deactivated': 'Desactivación de cuenta',
  'account.deleted': 'Eliminación de cuenta',
  'account.work-reassigned': 'Reasignación de pendientes',
  'catalog.changed': 'Cambio de catálogo',
  'labels.printed': 'Impresión de etiquetas',
  'record.exported': 'Exportación de lista',
  'report.exported': 'Exportación de reporte',
  'record.imported': 'Importación de lista',
  'view.created': 'Vista de lista guardada',
  'view.updated': 'Cambio de vista de lista',
  'view.deleted': 'Eliminación de vista de lista',
  'roles.changed': 'Cambio de permisos',
  'settings.updated': 'Cambio de configuración',
  'calendar.changed': 'Cambio de feriados',
  'substitution.created': 'Sustitución registrada',
  'substitution.ended': 'Sustitución terminada',
  'record.created': 'Creación',
  'record.updated': 'Modificación',
  'record.deleted': 'Eliminación',
  'record.cancelled': 'Cancelación de lo programado',
  'record.restored': 'Recuperación',
  'record.inactivated': 'Inactivación',
  'record.activated': 'Activación',
  'record.corrected': 'Corrección',
  'action.run': 'Acción del sistema',
  'record.viewed': 'Visualización',
  'record.printed': 'Impresión de registro',
  'list.viewed': 'Acceso a la bandeja',
  'file.uploaded': 'Carga de archivo',
  'file.downloaded': 'Descarga de archivo',
  'process.started': 'Inicio de trámite',
  'process.advanced': 'Avance automático del trámite',
  'process.cancelled': 'Trámite detenido',
  'process.migrated': 'Trámite pasado a otra versión',
  'process.migration-undone': 'Trámite devuelto a su versión',
  'task.completed': 'Tarea atendida',
  'task.claimed': 'Tarea tomada',
  'task.released': 'Tarea devuelta',
  'task.paused': 'Tarea puesta en espera',
  'task.resumed': 'Tarea reanudada',
  'message.sent': 'Acción sobre el trámite',
  'mail.sent': 'Envío de notificación',
  'pack.installed': 'Versión instalada',
  'draft.discarded': 'Borrador descartado',
  'incident.retry': 'Problema: nuevo intento',
  'incident.cancel': 'Problema: trámite detenido',
  'incident.dismiss': 'Problema descartado',
  'incident.move': 'Problema: trámite movido de paso',
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
  account: 'Cuentas',
  substitutions: 'Sustituciones',
  settings: 'Configuración',
  roles: 'Roles y permisos',
  catalog: 'Catálogos',
  studio: 'Estudio',
  operations: 'Problemas',
  file: 'Archivos',
  mail: 'Notificaciones',
  audit: 'Auditoría',
  personal: 'Datos personales',
}

/** For a test: every action has a title. */
export const titledActions: ReadonlySet<string> = new Set(Object.keys(actionTitles))

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
    for (const [key, entity] of Object.entries(pack.entities)) found[key] = pluralTitle(entity)
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
