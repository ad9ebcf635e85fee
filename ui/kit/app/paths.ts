/** Addresses of the pages. Both fronts use the same ones, so that a link in a mail or a value works in either. */
export const paths = {
  home: '/',
  inbox: '/bandeja',
  task: (id: string) => `/tareas/${encodeURIComponent(id)}`,
  records: (entity: string) => `/registros/${encodeURIComponent(entity)}`,
  record: (entity: string, id: string) => `/registros/${encodeURIComponent(entity)}/${encodeURIComponent(id)}`,
  newRecord: (entity: string) => `/registros/${encodeURIComponent(entity)}/nuevo`,
  printRecord: (entity: string, id: string) => `/registros/${entity}/${id}/imprimir`,
  importRecords: (entity: string, id?: string) =>
    `/registros/${encodeURIComponent(entity)}/importar${id ? `?id=${encodeURIComponent(id)}` : ''}`,
  exports: (id?: string) => `/exportaciones${id ? `?id=${encodeURIComponent(id)}` : ''}`,
  editRecord: (entity: string, id: string) =>
    `/registros/${encodeURIComponent(entity)}/${encodeURIComponent(id)}/editar`,
  start: (process: string) => `/iniciar/${encodeURIComponent(process)}`,
  publicForm: (process: string) => `/solicitar/${encodeURIComponent(process)}`,
  /** What a label says; the server prints the same address. */
  qr: (code: string) => `/q/${encodeURIComponent(code)}`,
  operations: '/operacion',
  roles: '/roles',
  audit: '/auditoria',
  substitutions: '/sustituciones',
  catalogs: '/datos/catalogos',
  catalog: (catalog: string) => `/datos/catalogos/${encodeURIComponent(catalog)}`,
  calendar: '/configuracion/calendario',
  studio: '/estudio',
  forgottenPassword: '/contrasena/olvidada',
  settings: '/configuracion',
  account: '/cuenta',
  accountPassword: '/cuenta/contrasena',
  accountSessions: '/cuenta/sesiones',
  accountSecurity: '/cuenta/verificacion',
}
