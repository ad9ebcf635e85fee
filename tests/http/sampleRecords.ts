/**
 * Records of the fm pack that may be saved, each with a RUC and names of its own; `changes` lay over them and
 * `undefined` leaves a field out. For the tests of any module that needs one of them.
 */
export type Data = Record<string, unknown>

let last = 0
const nextNumber = (): number => ++last

export function clientData(changes: Data = {}): Data {
  const number = nextNumber()
  return laidOver(changes, {
    razonSocial: `Cliente de prueba ${number} S.A.C.`,
    procedencia: 'Nacional',
    ruc: validRuc(`2099${String(number).padStart(6, '0')}`),
    domicilioFiscal: 'Av. Arequipa 100, Lima',
    tipoCliente: 'Privado',
    ceco: `T${number}`,
    clasificacion: 'Externo',
    pais: 'PE',
    email: 'prueba@example.pe',
    telefono: '014445566',
    representantes: [representative()],
  })
}

/** A property of the client with this id, in San Isidro, Lima. */
export function propertyData(cliente: string, changes: Data = {}): Data {
  return laidOver(changes, {
    nombre: `Sede de prueba ${nextNumber()}`,
    cliente,
    direccion: 'Av. Javier Prado Este 100',
    pais: 'PE',
    ubicacion: 'Lima',
    departamento: '15',
    provincia: '1501',
    distrito: '150131',
  })
}

export function supplierData(changes: Data = {}): Data {
  const number = nextNumber()
  return laidOver(changes, {
    razonSocial: `Proveedor de prueba ${number} S.A.C.`,
    procedencia: 'Nacional',
    ruc: validRuc(`2088${String(number).padStart(6, '0')}`),
    domicilioFiscal: 'Av. Argentina 200, Lima',
    tipoProveedor: 'Privado',
    pais: 'PE',
    direccion: 'Av. Argentina 200, Lima',
    ubicacion: 'Lima',
    departamento: '15',
    email: 'ventas@example.pe',
    telefono: '014445577',
    representantes: [representative()],
  })
}

/** A fan in Lima, at no property. */
export function equipmentData(changes: Data = {}): Data {
  return laidOver(changes, {
    descripcion: `Ventilador de prueba ${nextNumber()}`,
    tipo: 'Equipos Mayores',
    marca: 'Sodeca',
    modelo: 'HCT-50',
    categoria: 'hvac',
    subcategoria: 'ventiladores',
    pais: 'PE',
    ubicacion: 'Lima',
    ceco: 'MTTO',
    moneda: 'PEN',
    precio: '1000.00',
  })
}

/** A hammer of the central warehouse. */
export function toolData(changes: Data = {}): Data {
  return laidOver(changes, {
    descripcion: `Martillo de prueba ${nextNumber()}`,
    tipo: 'H',
    marca: 'Stanley',
    unidad: 'Und',
    cantidad: '2.00',
    asignadoA: 'Almacén',
    almacen: 'central',
    fechaCompra: '2026-01-15',
    ceco: 'MTTO',
    pais: 'PE',
    moneda: 'PEN',
    precio: '50.00',
  })
}

/** A row of a sub-list of representatives. */
export const representative = (changes: Data = {}): Data => ({
  nombre: 'Elena Tapia Córdova',
  correo: 'elena.tapia@example.pe',
  celular: '986540023',
  cargo: 'Jefa de Infraestructura',
  ...changes,
})

/** Ten digits with the check digit of SUNAT behind them. */
export function validRuc(ten: string): string {
  const sum = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2].reduce((total, weight, index) => total + weight * Number(ten[index]), 0)
  return `${ten}${(11 - (sum % 11)) % 10}`
}

function laidOver(changes: Data, data: Data): Data {
  return Object.fromEntries(Object.entries({ ...data, ...changes }).filter(([, value]) => value !== undefined))
}
