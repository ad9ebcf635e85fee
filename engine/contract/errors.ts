/**
 * Every error that leaves the server. `docs/errors.md` and the texts of the pages hold the same codes (a test
 * compares them). Families: the user can mend it; operations must; it is our bug.
 */
export type ErrorFamily = 'user' | 'operational' | 'bug'
export interface ErrorDefinition {
  family: ErrorFamily
  status: number
  /** Spanish, plain; `{name}` is filled from the error's parameters. */
  message: string
}

const user = (status: number, message: string): ErrorDefinition => ({ family: 'user', status, message })
const operational = (status: number, message: string): ErrorDefinition => ({ family: 'operational', status, message })

export const errorCatalog = {
  'request.invalid': user(400, 'La solicitud no es válida.'),
  'request.origin': user(403, 'La solicitud no viene de esta página. Vuelva a cargarla e intente de nuevo.'),
  'request.too-large': user(413, 'La solicitud es demasiado grande.'),
  'session.required': user(401, 'Su sesión terminó. Ingrese de nuevo.'),
  'session.refused': user(401, 'El correo o la contraseña no son correctos.'),
  'session.locked': user(429, 'Demasiados intentos. Espere {minutes} minutos e intente de nuevo.'),
  'session.reauthenticate': user(403, 'Vuelva a escribir su contraseña para confirmar.'),
  'session.second-factor': user(401, 'Escriba el código de verificación.'),
  'session.code-refused': user(401, 'El código no es correcto o ya venció.'),
  'session.confirm-password': user(403, 'Para continuar, escriba otra vez su contraseña.'),
  'session.enroll': user(403, 'Antes de continuar, active la verificación en dos pasos.'),
  'token.expired': user(410, 'El enlace venció o ya se usó. Solicite uno nuevo.'),
  'second-factor.unavailable': user(409, 'La verificación en dos pasos no está disponible para su cuenta.'),
  'second-factor.required': user(409, 'La verificación en dos pasos es obligatoria para su cuenta.'),
  'request.too-many': user(429, 'Demasiadas solicitudes. Espere {minutes} minutos e intente de nuevo.'),
  'access.denied': user(403, 'Usted no tiene permiso para hacer esto.'),
  'thing.not-found': user(404, 'No encontramos lo que busca, o usted no puede verlo.'),
  'form.invalid': user(422, 'Revise los datos señalados.'),
  'form.warned': user(422, 'Revise los avisos y confirme si desea continuar.'),
  'record.revision-required': user(428, 'Falta indicar sobre qué versión del registro se guarda.'),
  'record.stale': user(412, 'Este registro fue modificado por {who} el {when}. Revise los cambios y elija cuál queda.'),
  'record.process-only': user(409, 'Este registro solo avanza con las acciones de su trámite.'),
  'record.referenced': user(409, 'No se puede eliminar: lo usan otros registros ({what}).'),
  'access.separated': user(403, 'Usted hizo el paso anterior: esto debe hacerlo otra persona.'),
  'roles.locked': user(409, 'Este permiso es fijo y no se puede cambiar: {because}'),
  'roles.invalid': user(422, 'No se puede guardar el cambio: {what}'),
  'roles.stale': user(412, 'Otra persona cambió los permisos mientras tanto. Revise y guarde de nuevo.'),
  'account.cannot-take': user(422, 'Elija a otra persona activa que reciba el trabajo.'),
  'account.has-history': user(409, 'Este usuario ya trabajó en el sistema: no se elimina, se desactiva.'),
  'task.closed': user(409, 'Esta tarea ya fue atendida por {who} el {when}.'),
  'task.taken': user(409, 'Esta tarea la tomó {who}.'),
  'task.outcome-unknown': user(422, 'Esa respuesta no existe para esta tarea.'),
  'message.not-expected': user(409, 'Esta acción ya no es posible en el estado actual.'),
  'action.failed': operational(502, 'No se pudo completar «{title}». Intente más tarde.'),
  'file.missing': user(422, 'Adjunte un archivo.'),
  'file.too-large': user(413, 'El archivo supera el máximo de {max}.'),
  'file.type': user(422, 'Este tipo de archivo no se admite. Use {types}.'),
  'photo.unreadable': user(422, 'No pudimos leer la imagen. Ábrala, guárdela de nuevo como JPG y adjúntela.'),
  'photo.heic': user(
    422,
    'Su teléfono guardó la foto en formato HEIC, que no se puede mostrar aquí. Envíela como JPG (en el iPhone: Ajustes › Cámara › Formatos › Más compatible).',
  ),
  'photo.animated': user(422, 'No se admiten imágenes con movimiento. Use una foto JPG o PNG.'),
  'photo.too-many-pixels': user(
    422,
    'La imagen tiene demasiados píxeles (el máximo es 64 megapíxeles). Redúzcala e intente de nuevo.',
  ),
  'photo.unavailable': operational(503, 'En este momento no se pueden recibir fotos. Ya avisamos a soporte.'),
  'catalog.stale': user(412, 'Otra persona cambió esta fila mientras tanto. Revise cómo quedó y guarde de nuevo.'),
  'labels.none': user(422, 'Ninguno de los registros elegidos tiene código QR.'),
  'list.narrow': user(422, 'Hay más de {max} resultados. Use los filtros o escriba más para acotarlos.'),
  'export.too-many': user(422, 'Hay más de {max} filas. Use los filtros para exportar menos{other}.'),
  'export.too-many-open': user(
    429,
    'Ya se están preparando {max} archivos suyos. Espere a que terminen o cancele alguno.',
  ),
  'export.moved': user(409, 'Esta exportación ya terminó.'),
  'export.gone': user(410, 'El archivo ya no está disponible. Vuelva a exportarlo.'),
  'view.too-many': user(422, 'Ya tiene {max} vistas en esta lista. Elimine alguna que no use.'),
  'import.file': user(422, 'No se puede leer este archivo: {why}.'),
  'import.process': user(409, 'Estos registros nacen de un trámite: no se pueden importar.'),
  'import.mapping': user(422, 'Revise las columnas: {what}.'),
  'import.errors': user(409, 'Hay filas con errores: corríjalas, o importe solo las filas válidas.'),
  'import.warnings': user(409, 'Hay filas con advertencias: acéptelas, o importe solo las filas sin ellas.'),
  'import.moved': user(409, 'Esta importación ya avanzó. Vuelva a cargar la página.'),
  'privacy.other-version': user(409, 'El aviso de privacidad cambió. Léalo de nuevo.'),
  'personal.own': user(409, 'Usted no puede hacer esto con su propia cuenta.'),
  'personal.open-work': user(
    409,
    'Esta persona tiene {tasks} tareas y {cases} trámites abiertos. Reasígnelos primero.',
  ),
  'pack.invalid': user(422, 'No se puede publicar: corrija los problemas señalados.'),
  'draft.stale': user(412, 'Otra persona cambió este borrador ({who}). Vuelva a cargarlo.'),
  'step.failed': operational(
    409,
    'El paso no se pudo completar y no se guardó nada. El problema quedó registrado para soporte.',
  ),
  'step.refused': user(409, 'Esto no se puede hacer: {why}'),
  busy: operational(503, 'Hay mucho movimiento en este registro. Intente de nuevo en un momento.'),
  'store.unavailable': operational(
    503,
    'El sistema no está disponible en este momento. Intente de nuevo en unos minutos.',
  ),
  internal: { family: 'bug', status: 500, message: 'Ocurrió un error inesperado. Ya quedó registrado.' },
} as const satisfies Record<string, ErrorDefinition>

export type ErrorCode = keyof typeof errorCatalog
