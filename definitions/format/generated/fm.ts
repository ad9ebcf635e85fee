// Generated from the definitions. Do not edit: npm run generate.

/**
 * Cambio de cobertura
 */
export interface CambioCobertura {
  /**
   * Número
   */
  codigo?: string
  /**
   * Proveedor
   */
  proveedor: string
  /**
   * Zona de Cobertura: Un departamento sin provincias se cubre entero; una provincia sin distritos, también.
   *
   * Items: Zona
   */
  cobertura?: {
    /**
     * Departamento
     */
    departamento: string
    /**
     * Provincia
     */
    provincias?: string[]
    /**
     * Distrito
     */
    distritos?: string[]
  }[]
  /**
   * Atienden servicios de emergencia 24 x 7
   */
  emergencia24x7?: boolean
  /**
   * Comentario: Por qué cambia, desde cuándo
   */
  comentario?: string
  /**
   * Estado
   */
  estado?: 'Pendiente' | 'Aprobado' | 'Rechazado'
  /**
   * Motivo del rechazo
   */
  motivoRechazo?: string
}

/**
 * Cliente
 */
export interface Cliente {
  /**
   * Código de Cliente: Se forma con el RUC y el CECO
   */
  codigo?: string
  /**
   * Nombre Completo / Razón Social
   */
  razonSocial: string
  /**
   * Nacional / Extranjero
   */
  procedencia?: 'Nacional' | 'Extranjero'
  /**
   * RUC (Registro Único de Contribuyentes)
   */
  ruc?: string
  /**
   * Identificador tributario: Número de identificación tributaria en su país
   */
  identificador?: string
  /**
   * CECO (Centro de Costos)
   */
  ceco: string
  /**
   * Domicilio Fiscal: Dirección completa
   */
  domicilioFiscal: string
  /**
   * Tipo de Cliente
   */
  tipoCliente?: 'Público' | 'Privado'
  /**
   * Clasificación: Interno o Externo
   */
  clasificacion: 'Interno' | 'Externo'
  /**
   * País
   */
  pais: string
  /**
   * Email: Correo corporativo: aquí llegan los avisos de sus contratos
   */
  email: string
  /**
   * Teléfono
   */
  telefono: string
  /**
   * WhatsApp
   */
  whatsapp?: string
  /**
   * Representantes del Cliente
   *
   * Items: Representante
   */
  representantes?: {
    /**
     * Nombre Completo
     */
    nombre: string
    /**
     * Correo Electrónico
     */
    correo: string
    /**
     * Celular
     */
    celular: string
    /**
     * Cargo
     */
    cargo: string
  }[]
  /**
   * Sucursales del Cliente
   *
   * Items: Sucursal
   */
  sucursales?: {
    /**
     * Dirección: Dirección completa
     */
    direccion: string
    /**
     * Sucursal Principal
     */
    principal?: boolean
  }[]
}

/**
 * Contrato
 */
export interface Contrato {
  /**
   * Código de Contrato
   */
  codigo?: string
  /**
   * Estado
   */
  estado?:
    | 'Recibido'
    | 'En Revisión'
    | 'Con Observaciones'
    | 'Observaciones Enviadas'
    | 'Contrapropuesta Recibida'
    | 'En Revisión Legal'
    | 'Legal con Observaciones'
    | 'Propuesta Enviada'
    | 'Aceptado'
    | 'En Firma'
    | 'Firmado'
    | 'Finalizado'
    | 'Rechazado'
    | 'Anulado'
  /**
   * Cliente
   */
  cliente: string
  /**
   * Tipo de Cliente: Según la clasificación del cliente al registrar el contrato
   */
  tipoCliente?: 'Interno' | 'Externo'
  /**
   * Objeto / Servicio
   */
  objeto?: string
  /**
   * Fecha de Solicitud: Día en que FM pidió el contrato
   */
  fechaSolicitud?: string
  /**
   * Fecha de Vigencia: Inicio de la vigencia
   */
  fechaVigencia: string
  /**
   * Fecha de Vencimiento: Fin de la vigencia
   */
  fechaVencimiento: string
  /**
   * Moneda
   */
  moneda: 'PEN' | 'USD'
  /**
   * Responsable FM
   */
  responsable?: string
  /**
   * Cotización: Lo que se cobra al cliente, línea por línea; se cierra al enviar la propuesta
   */
  cotizacion?: {
    /**
     * Descripción
     */
    descripcion: string
    /**
     * Costo: Sin IGV
     */
    costo: string
    /**
     * Precio de venta
     */
    precio?: string
  }[]
  /**
   * FEE aplicado (%): Se escribe 15 para 15 %
   */
  fee?: string
  /**
   * Costo del Servicio
   */
  costoServicio?: string
  /**
   * Cálculo del FEE: Precio de venta menos costo
   */
  feeMonto?: string
  /**
   * Precio de Venta Final: Sin IGV
   */
  precioVenta?: string
  /**
   * IGV %: El vigente cuando se creó el contrato
   */
  igvPorcentaje?: string
  /**
   * IGV
   */
  igv?: string
  /**
   * Total con IGV
   */
  total?: string
  /**
   * La otra moneda
   */
  monedaEquivalente?: 'PEN' | 'USD'
  /**
   * Costo del Servicio en la otra moneda
   */
  costoServicioEquivalente?: string
  /**
   * FEE en la otra moneda
   */
  feeMontoEquivalente?: string
  /**
   * Precio de Venta en la otra moneda
   */
  precioVentaEquivalente?: string
  /**
   * IGV en la otra moneda
   */
  igvEquivalente?: string
  /**
   * Total con IGV en la otra moneda
   */
  totalEquivalente?: string
  /**
   * Tipo de cambio compra
   */
  tipoCambioCompra?: string
  /**
   * Tipo de cambio venta
   */
  tipoCambioVenta?: string
  /**
   * Tipo de cambio aplicado: El del día en que se creó el contrato
   */
  tipoCambio?: string
  /**
   * Lado del tipo de cambio
   */
  tipoCambioLado?: 'compra' | 'venta'
  /**
   * Fecha del tipo de cambio
   */
  tipoCambioFecha?: string
  /**
   * Fuente del tipo de cambio
   */
  tipoCambioFuente?: string
  /**
   * Documento vigente
   */
  documento?: string
  /**
   * Versión del Documento
   */
  version?: string
  /**
   * Usuario que cargó el documento
   */
  cargadoPor?: string
  /**
   * Observaciones enviadas: Las de la última ronda
   */
  observacionesEnviadas?: {
    /**
     * Descripción
     */
    descripcion?: string
    /**
     * Tipo
     */
    tipo?: 'Modificación' | 'Aclaración' | 'Rechazo'
    /**
     * Prioridad
     */
    prioridad?: 'Alta' | 'Media' | 'Baja'
  }[]
  /**
   * Razón Social en el contrato: Copiada al enviar la propuesta
   */
  clienteNombre?: string
  /**
   * RUC en el contrato
   */
  clienteRuc?: string
  /**
   * Domicilio Fiscal en el contrato
   */
  clienteDomicilio?: string
  /**
   * Enviado a Legal
   */
  fechaLegal?: string
  /**
   * Fecha de aceptación
   */
  fechaAceptacion?: string
  /**
   * Aceptado por
   */
  aceptadoPor?: string
  /**
   * Constancia de la aceptación
   */
  constanciaAceptacion?: string
  /**
   * Motivo: Por qué se rechazó, se anuló o se devolvió
   */
  motivoCierre?: string
}

/**
 * Documento
 */
export interface Documento {
  /**
   * Contrato
   */
  contrato: string
  /**
   * Cliente
   */
  cliente?: string
  /**
   * Archivo
   */
  archivo: string
  /**
   * Versión
   */
  version?: string
  /**
   * Tipo
   */
  tipo: 'Contrato' | 'Contrapropuesta' | 'Propuesta' | 'Legal' | 'Firmado'
  /**
   * Comentario
   */
  comentario?: string
  /**
   * Visible para el cliente
   */
  visibleCliente?: boolean
  /**
   * Visible para Legal
   */
  visibleLegal?: boolean
}

/**
 * Equipo
 */
export interface Equipo {
  /**
   * Código de Equipo: Se forma con la categoría, la subcategoría y un número
   */
  codigo?: string
  /**
   * Descripción del Equipo: Detalle completo del equipo
   */
  descripcion: string
  /**
   * Tipo de Equipo
   */
  tipo: 'Equipos Mayores' | 'Equipos Menores'
  /**
   * Marca del Equipo
   */
  marca: string
  /**
   * Modelo del Equipo: Modelo específico del equipo
   */
  modelo: string
  /**
   * Número de Serie: Identificador único del fabricante
   */
  serie?: string
  /**
   * Categoría
   */
  categoria: string
  /**
   * Subcategoría
   */
  subcategoria: string
  /**
   * Equipo Asociado
   */
  equipoAsociado?: string
  /**
   * Parámetros técnicos
   *
   * Items: parámetro
   */
  parametros?: {
    /**
     * Nombre
     */
    nombre: string
    /**
     * Valor
     */
    valor?: string
    /**
     * Unidad
     */
    unidad?: string
  }[]
  /**
   * Ubicación por Sede
   */
  sede?: string
  /**
   * Cliente: El de la sede
   */
  cliente?: string
  /**
   * País
   */
  pais: string
  /**
   * Ubicación
   */
  ubicacion?: 'Lima' | 'Provincias'
  /**
   * Departamento
   */
  departamento?: string
  /**
   * Provincia
   */
  provincia?: string
  /**
   * Distrito
   */
  distrito?: string
  /**
   * Región / Estado
   */
  region?: string
  /**
   * Ciudad
   */
  ciudad?: string
  /**
   * Centro de Costo (CECO): El del cliente o el de un área
   */
  ceco: string
  /**
   * Código QR: Vincula el registro con su etiqueta
   */
  codigoQr?: string
  /**
   * Moneda
   */
  moneda: 'PEN' | 'USD'
  /**
   * Precio del Equipo: Sin IGV
   */
  precio: string
  /**
   * IGV %: El vigente cuando se escribió el precio
   */
  igvPorcentaje?: string
  /**
   * IGV
   */
  igv?: string
  /**
   * Precio Total (Incluido IGV)
   */
  precioTotal?: string
  /**
   * La otra moneda
   */
  monedaEquivalente?: 'PEN' | 'USD'
  /**
   * Equivalente en la otra moneda: Del precio total, al tipo de cambio del día en que se escribió el precio
   */
  equivalente?: string
  /**
   * Tipo de cambio
   */
  tipoCambio?: string
  /**
   * Lado del tipo de cambio
   */
  tipoCambioLado?: 'compra' | 'venta'
  /**
   * Fecha del tipo de cambio
   */
  tipoCambioFecha?: string
  /**
   * Fuente del tipo de cambio
   */
  tipoCambioFuente?: string
  /**
   * Fotos del Equipo
   */
  fotos?: string[]
}

/**
 * Herramienta
 */
export interface Herramienta {
  /**
   * Código de Herramienta: Se forma con el tipo y un número
   */
  codigo?: string
  /**
   * Descripción: Detalle completo de la herramienta o suministro
   */
  descripcion: string
  /**
   * Tipo de Herramienta
   */
  tipo: 'H' | 'I' | 'S'
  /**
   * Marca: Marca del fabricante
   */
  marca: string
  /**
   * Número de Serie: Identificador único del fabricante, cuando aplique
   */
  serie?: string
  /**
   * Unidad de Medida
   */
  unidad: string
  /**
   * Cantidad: Unidades disponibles
   */
  cantidad: string
  /**
   * Disponibilidad
   */
  disponibilidad?: 'Disponible' | 'Agotado'
  /**
   * Asignado a
   */
  asignadoA: 'Técnico' | 'Almacén'
  /**
   * Técnico
   */
  tecnico?: string
  /**
   * Almacén
   */
  almacen?: string
  /**
   * Cliente asociado
   */
  cliente?: string
  /**
   * Sede asociada
   */
  sede?: string
  /**
   * Ubicación específica dentro de la sede
   */
  ubicacionEspecifica?: string
  /**
   * Fecha de Compra
   */
  fechaCompra: string
  /**
   * Centro de Costo (CECO): El del cliente o el de un área
   */
  ceco: string
  /**
   * Código QR: Vincula el registro con su etiqueta
   */
  codigoQr?: string
  /**
   * País
   */
  pais: string
  /**
   * Departamento
   */
  departamento?: string
  /**
   * Provincia
   */
  provincia?: string
  /**
   * Distrito
   */
  distrito?: string
  /**
   * Región / Estado
   */
  region?: string
  /**
   * Ciudad
   */
  ciudad?: string
  /**
   * Moneda
   */
  moneda: 'PEN' | 'USD'
  /**
   * Precio sin IGV: Precio unitario
   */
  precio: string
  /**
   * IGV %: El vigente cuando se escribió el precio
   */
  igvPorcentaje?: string
  /**
   * IGV
   */
  igv?: string
  /**
   * Precio con IGV
   */
  precioTotal?: string
  /**
   * La otra moneda
   */
  monedaEquivalente?: 'PEN' | 'USD'
  /**
   * Equivalente en la otra moneda: Del precio total, al tipo de cambio del día en que se escribió el precio
   */
  equivalente?: string
  /**
   * Tipo de cambio
   */
  tipoCambio?: string
  /**
   * Lado del tipo de cambio
   */
  tipoCambioLado?: 'compra' | 'venta'
  /**
   * Fecha del tipo de cambio
   */
  tipoCambioFecha?: string
  /**
   * Fuente del tipo de cambio
   */
  tipoCambioFuente?: string
  /**
   * Fotos de Herramienta: También el certificado en PDF
   */
  fotos?: string[]
}

/**
 * Inmueble
 */
export interface Inmueble {
  /**
   * Código de Inmueble o Sede: Lo asigna el sistema al guardar
   */
  codigo?: string
  /**
   * Nombre del Inmueble o Sede
   */
  nombre: string
  /**
   * Cliente
   */
  cliente: string
  /**
   * Dirección del Inmueble o Sede: Dirección completa
   */
  direccion: string
  /**
   * País
   */
  pais: string
  /**
   * Departamento
   */
  departamento?: string
  /**
   * Provincia
   */
  provincia?: string
  /**
   * Distrito
   */
  distrito?: string
  /**
   * Ubicación
   */
  ubicacion?: 'Lima' | 'Provincias'
  /**
   * Zona Geográfica
   */
  zona?: string
  /**
   * Región / Estado
   */
  region?: string
  /**
   * Ciudad
   */
  ciudad?: string
  /**
   * Fotos del Inmueble o Sede: Hasta 3, en PNG o JPG. La primera es la portada.
   */
  fotos?: string[]
}

/**
 * Mantenimiento
 */
export interface Mantenimiento {
  /**
   * Código de Mantenimiento
   */
  codigo?: string
  /**
   * Equipo
   */
  equipo: string
  /**
   * Sede
   */
  sede?: string
  /**
   * Fecha
   */
  fecha: string
  /**
   * Tipo de mantenimiento
   */
  tipo: string
  /**
   * Realizado por
   */
  realizadoPor: 'Técnico' | 'Proveedor'
  /**
   * Técnico
   */
  tecnico?: string
  /**
   * Proveedor
   */
  proveedor?: string
  /**
   * Trabajos realizados
   */
  trabajos: string
  /**
   * Fotos
   */
  fotos?: string[]
  /**
   * Informes y otros archivos
   */
  archivos?: string[]
}

/**
 * Movimiento de equipo
 */
export interface MovimientoEquipo {
  /**
   * Código de Movimiento
   */
  codigo?: string
  /**
   * Equipo
   */
  equipo: string
  /**
   * Fecha: Cuándo se movió
   */
  fecha: string
  /**
   * De: La sede en que estaba
   */
  desdeSede?: string
  /**
   * Queda sin sede: Se retira y todavía no va a otra
   */
  sinSede?: boolean
  /**
   * A: La sede a la que va
   */
  sede?: string
  /**
   * Centro de Costo (CECO): Desde este movimiento
   */
  ceco?: string
  /**
   * Motivo
   */
  motivo: string
  /**
   * Registrado por
   */
  registradoPor?: string
}

/**
 * Movimiento de herramienta
 */
export interface MovimientoHerramienta {
  /**
   * Código de Movimiento
   */
  codigo?: string
  /**
   * Herramienta
   */
  herramienta: string
  /**
   * Movimiento
   */
  tipo: 'Asignación' | 'Devolución' | 'Consumo' | 'Ingreso'
  /**
   * Fecha
   */
  fecha: string
  /**
   * De (técnico): Quien la tenía
   */
  desdeTecnico?: string
  /**
   * De (almacén): Donde estaba
   */
  desdeAlmacen?: string
  /**
   * A (técnico)
   */
  tecnico?: string
  /**
   * A (almacén)
   */
  almacen?: string
  /**
   * Cantidad
   */
  cantidad?: string
  /**
   * Unidad de Medida
   */
  unidad?: string
  /**
   * Condición
   */
  condicion?: 'Buena' | 'Regular' | 'Dañada'
  /**
   * Observaciones
   */
  observaciones?: string
  /**
   * Estado
   */
  estado?: 'Por confirmar' | 'Recibida' | 'No recibida' | 'Registrado' | 'Sin efecto'
  /**
   * Por qué no se recibió
   */
  motivoNoRecibida?: string
}

/**
 * Observación
 */
export interface Observacion {
  /**
   * Contrato
   */
  contrato: string
  /**
   * Cliente
   */
  cliente?: string
  /**
   * Descripción de la observación
   */
  descripcion: string
  /**
   * Tipo
   */
  tipo: 'Modificación' | 'Aclaración' | 'Rechazo'
  /**
   * Prioridad
   */
  prioridad: 'Alta' | 'Media' | 'Baja'
  /**
   * Registrada por
   */
  origen: 'FM' | 'Cliente' | 'Legal'
  /**
   * Fecha de registro
   */
  fecha?: string
  /**
   * Enviada al cliente
   */
  enviada?: boolean
  /**
   * Fecha de envío
   */
  fechaEnvio?: string
  /**
   * Atendida
   */
  atendida?: boolean
  /**
   * Visible para el cliente: El cliente la ve solo después de enviada
   */
  visibleCliente?: boolean
  /**
   * Visible para Legal
   */
  visibleLegal?: boolean
}

/**
 * Proveedor
 */
export interface Proveedor {
  /**
   * Nombre Completo / Razón Social
   */
  razonSocial: string
  /**
   * Nacional / Extranjero
   */
  procedencia?: 'Nacional' | 'Extranjero'
  /**
   * RUC (Registro Único de Contribuyentes)
   */
  ruc?: string
  /**
   * Identificador tributario: Número de identificación tributaria en su país
   */
  identificador?: string
  /**
   * Código de Proveedor: Es el RUC
   */
  codigo?: string
  /**
   * Domicilio Fiscal: Dirección completa
   */
  domicilioFiscal: string
  /**
   * Tipo de Proveedor
   */
  tipoProveedor?: 'Público' | 'Privado'
  /**
   * País
   */
  pais: string
  /**
   * Dirección del Proveedor: Dirección completa de sus oficinas o sede principal
   */
  direccion: string
  /**
   * Departamento: De sus oficinas
   */
  departamento?: string
  /**
   * Ubicación
   */
  ubicacion?: 'Lima' | 'Provincias'
  /**
   * Email: Correo corporativo: aquí llegan los avisos de sus servicios
   */
  email: string
  /**
   * Teléfono
   */
  telefono: string
  /**
   * WhatsApp
   */
  whatsapp?: string
  /**
   * Representantes del Proveedor
   *
   * Items: Representante
   */
  representantes?: {
    /**
     * Nombre Completo
     */
    nombre: string
    /**
     * Correo Electrónico
     */
    correo: string
    /**
     * Celular
     */
    celular: string
    /**
     * Cargo
     */
    cargo: string
  }[]
  /**
   * Zona de Cobertura: Un departamento sin provincias se cubre entero; una provincia sin distritos, también.
   *
   * Items: Zona
   */
  cobertura?: {
    /**
     * Departamento
     */
    departamento: string
    /**
     * Provincia
     */
    provincias?: string[]
    /**
     * Distrito
     */
    distritos?: string[]
  }[]
  /**
   * Lugares que cubre por completo: Códigos UBIGEO de la zona de cobertura
   */
  alcance?: string[]
  /**
   * Atienden servicios de emergencia 24 x 7: Se ofrecen primero cuando el servicio es de emergencia
   */
  emergencia24x7?: boolean
}

/**
 * Solicitud de registro
 */
export interface SolicitudRegistro {
  /**
   * Número
   */
  codigo?: string
  /**
   * Qué hace falta
   */
  tipo: 'Cliente' | 'Proveedor' | 'Inmueble'
  /**
   * Nombre: Cómo se llama lo que no encontró
   */
  nombre: string
  /**
   * Lo que sabe: RUC, dirección, contacto: lo que ayude a registrarlo
   */
  nota?: string
  /**
   * Solicitado por
   */
  solicitante?: string
  /**
   * Cliente: El registro que se pidió
   */
  cliente?: string
  /**
   * Proveedor: El registro que se pidió
   */
  proveedor?: string
  /**
   * Inmueble: El registro que se pidió
   */
  inmueble?: string
  /**
   * Estado
   */
  estado?: 'Pendiente' | 'Registrado' | 'Rechazado'
  /**
   * Motivo del rechazo
   */
  motivoRechazo?: string
}

/**
 * Solicitud de servicio
 */
export interface SolicitudServicio {
  /**
   * Código de Solicitud
   */
  codigo?: string
  /**
   * Sede: Inmueble donde hace falta el servicio
   */
  sede: string
  /**
   * Cliente
   */
  cliente?: string
  /**
   * Equipo: Si es por un equipo de la sede
   */
  equipo?: string
  /**
   * Qué hace falta
   */
  descripcion: string
  /**
   * Es una emergencia: Se atiende primero y se buscan proveedores 24 x 7
   */
  emergencia?: boolean
  /**
   * Fecha en que se necesita
   */
  fecha: string
  /**
   * Departamento
   */
  departamento?: string
  /**
   * Provincia
   */
  provincia?: string
  /**
   * Distrito
   */
  distrito?: string
  /**
   * Proveedor: Primero los más cercanos a la sede; en una emergencia, los que atienden 24 x 7
   */
  proveedor?: string
  /**
   * Fecha programada
   */
  fechaProgramada?: string
  /**
   * Resultado: Qué se hizo
   */
  resultado?: string
  /**
   * Moneda
   */
  moneda?: 'PEN' | 'USD'
  /**
   * Costo del servicio: Lo que cobra el proveedor, sin IGV
   */
  precio?: string
  /**
   * IGV %: El vigente cuando se escribió el precio
   */
  igvPorcentaje?: string
  /**
   * IGV
   */
  igv?: string
  /**
   * Precio Total (Incluido IGV)
   */
  precioTotal?: string
  /**
   * La otra moneda
   */
  monedaEquivalente?: 'PEN' | 'USD'
  /**
   * Equivalente en la otra moneda: Del precio total, al tipo de cambio del día en que se escribió el precio
   */
  equivalente?: string
  /**
   * Tipo de cambio
   */
  tipoCambio?: string
  /**
   * Lado del tipo de cambio
   */
  tipoCambioLado?: 'compra' | 'venta'
  /**
   * Fecha del tipo de cambio
   */
  tipoCambioFecha?: string
  /**
   * Fuente del tipo de cambio
   */
  tipoCambioFuente?: string
  /**
   * Motivo de la anulación
   */
  motivoAnulacion?: string
  /**
   * Solicitada por
   */
  solicitante?: string
  /**
   * Estado
   */
  estado?: 'Solicitada' | 'Programada' | 'Atendida' | 'Anulada'
}

/**
 * Tasa de IGV
 */
export interface TasaIgv {
  /**
   * Porcentaje de IGV: Se escribe 18 para 18 %
   */
  porcentaje: string
  /**
   * Fecha de Vigencia: Desde este día se aplica a los documentos nuevos; los ya creados no cambian
   */
  vigencia: string
  /**
   * Estado
   */
  estado?: 'Programado' | 'Activo' | 'Inactivo' | 'Cancelado'
  /**
   * Observaciones: Por qué cambia
   */
  observaciones: string
}

/**
 * Tipo de cambio
 */
export interface TipoCambio {
  /**
   * Fecha
   */
  fecha: string
  /**
   * Tipo de Cambio Compra: Soles por cada dólar
   */
  compra: string
  /**
   * Tipo de Cambio Venta: Soles por cada dólar
   */
  venta: string
  /**
   * Dólares por cada sol: El inverso de la venta, como información
   */
  inverso?: string
  /**
   * Fuente
   */
  fuente: 'SUNAT' | 'BCRP' | 'Manual' | 'Demostración'
  /**
   * Publicado para el día: El día del que habla la fuente
   */
  publicado: string
  /**
   * Arrastrado: Ese día no hubo publicación: es el último valor publicado
   */
  arrastrado?: boolean
  /**
   * Fecha y Hora de Actualización
   */
  actualizado: string
  /**
   * Estado
   */
  estado: 'Activo' | 'Inactivo'
  /**
   * Confirmación: Un valor que varía demasiado espera a que lo confirme una persona
   */
  confirmacion: 'No requiere' | 'Pendiente' | 'Confirmado' | 'Descartado'
  /**
   * Variación frente al día anterior
   */
  variacion?: string
  /**
   * Motivo
   */
  motivo?: string
  /**
   * Origen
   */
  origen: string
  /**
   * Respuesta de la fuente
   */
  respuesta?: string
}

/**
 * Usuario
 */
export interface Usuario {
  /**
   * Tipo de documento de identidad
   */
  tipoDocumento: 'DNI' | 'CE'
  /**
   * Número de Documento de identidad: DNI: 8 dígitos. CE: de 9 a 12 letras o dígitos.
   */
  numeroDocumento: string
  /**
   * Nombres del colaborador
   */
  nombres: string
  /**
   * Apellidos del colaborador
   */
  apellidos: string
  /**
   * Correo corporativo: Con este correo ingresa al sistema
   */
  correo: string
  /**
   * Celular: Perú: 9 dígitos que empiezan con 9. Del extranjero: con + y el código del país.
   */
  celular: string
  /**
   * Roles: Uno o más. Lo que cada rol puede hacer se ve en «Roles y permisos».
   */
  roles: string[]
  /**
   * Sedes asignadas: Un técnico ve los equipos de estas sedes
   */
  sedes?: string[]
  /**
   * Estado: Un usuario inactivo no ingresa; su historial conserva su nombre.
   */
  estado: 'Activo' | 'Inactivo'
}

/**
 * Usuario externo
 */
export interface UsuarioExterno {
  /**
   * Tipo de usuario
   */
  tipo: 'Cliente' | 'Proveedor'
  /**
   * RUC de su empresa: 11 dígitos. Empresas del extranjero: su identificador tributario.
   */
  ruc: string
  /**
   * Clientes a los que representa: Verá los contratos de estos clientes y de ningún otro.
   */
  clientes?: string[]
  /**
   * Proveedores a los que representa: Verá los datos de estos proveedores y de ningún otro.
   */
  proveedores?: string[]
  /**
   * Nombre Completo
   */
  nombreCompleto: string
  /**
   * Correo Electrónico: Con este correo ingresará al portal
   */
  correo: string
  /**
   * Celular: Perú: 9 dígitos que empiezan con 9. Del extranjero: con + y el código del país.
   */
  celular: string
  /**
   * Cargo: En su empresa
   */
  cargo: string
  /**
   * Tipo de documento de identidad
   */
  tipoDocumento?: 'DNI' | 'CE'
  /**
   * Número de Documento de identidad: Hace falta antes de firmar. DNI: 8 dígitos. CE: de 9 a 12 letras o dígitos.
   */
  numeroDocumento?: string
  /**
   * Estado
   */
  estado?: 'Pendiente' | 'Aprobado' | 'Rechazado' | 'Inactivo'
  /**
   * Motivo del rechazo
   */
  motivoRechazo?: string
  /**
   * Registrado por: Vacío: lo solicitó la misma persona en el portal
   */
  registradoPor?: string
  /**
   * Rol
   */
  roles?: string[]
}
