/** Words that equipment is described with, so that a search has rare, common and clustered answers. */
export const wordsOfEquipment = {
  categories: ['AC', 'AS', 'BO', 'CA', 'CH', 'EL', 'EX', 'GE', 'HV', 'IL', 'MO', 'RE', 'SA', 'TR', 'UP'],
  /** What a thing of each category is: these words stand together in the order of the code. */
  nouns: [
    ...['condensadora', 'ascensor', 'bomba', 'caldera', 'evaporador', 'tablero', 'extintor', 'generador'],
    ...['manejadora', 'luminaria', 'montacarga', 'conmutador', 'termotanque', 'transformador', 'rectificador'],
  ],
  /** Each in one of four descriptions, whatever the category. */
  common: ['principal', 'auxiliar', 'trifásico', 'monofásico'],
  brands: [
    ...['Grundfos', 'Schindler', 'Carrier', 'Trane', 'Daikin', 'Siemens', 'Schneider', 'Caterpillar', 'Cummins'],
    ...[
      'Philips',
      'Otis',
      'Bosch',
      'Honeywell',
      'Eaton',
      'Legrand',
      'Kone',
      'Ansul',
      'Hidrostal',
      'Vulcano',
      'Toshiba',
    ],
  ],
} as const

const departments = [
  ...['AMA', 'ANC', 'APU', 'ARE', 'AYA', 'CAJ', 'CAL', 'CUS', 'HUA', 'HUAO', 'ICA', 'JUN', 'LAL', 'LAM', 'LIM'],
  ...['LOR', 'MAD', 'MOQ', 'PAS', 'PIU', 'PUN', 'SAN', 'TAC', 'TUM', 'UCA'],
]
const places = ['sótano', 'azotea', 'piso 3', 'sala de máquinas', 'torre B', 'estacionamiento', 'cuarto frío', 'patio']

/** Spreads the numbers so that neighbours share nothing; each `use` in its own way. */
function drawn(number: number, use: number, most: number): number {
  let hash = Math.imul(number + 1, 2654435761) ^ Math.imul(use + 1, 40503)
  hash = Math.imul(hash ^ (hash >>> 15), 2246822519)
  hash = Math.imul(hash ^ (hash >>> 13), 3266489917)
  return ((hash ^ (hash >>> 16)) >>> 0) % most
}

/** The data of one of many pieces of equipment: always the same for a number. */
export function equipment(number: number) {
  const { categories, nouns, common, brands } = wordsOfEquipment
  const kind = drawn(number, 1, categories.length)
  const category = categories[kind]!
  const department = departments[drawn(number, 2, departments.length)]!
  const brand = brands[drawn(number, 3, brands.length)]!
  const serial = (drawn(number, 4, 0x7fffffff) + 0x10000000).toString(36).toUpperCase().padStart(7, '0')
  return {
    code: `${category}-${String(number).padStart(6, '0')}`,
    description: `${nouns[kind]!} ${common[drawn(number, 5, common.length)]!} ${places[drawn(number, 6, places.length)]!}`,
    kind: drawn(number, 7, 3) === 0 ? 'Major' : 'Minor',
    brand,
    model: `${brand.slice(0, 2).toUpperCase()}${drawn(number, 8, 900) + 100}`,
    serial: `SN${serial}`,
    category,
    subcategory: `${category}${drawn(number, 9, 5) + 1}`,
    site: drawn(number, 10, 2000).toString(16).padStart(24, '5'),
    department,
    province: `${department}${drawn(number, 11, 8) + 1}`,
    centre: `CC${drawn(number, 12, 300)}`,
    tag: `QR${drawn(number, 13, 0x7fffffff).toString(36).toUpperCase()}`,
    currency: drawn(number, 14, 4) === 0 ? 'USD' : 'PEN',
    price: `${drawn(number, 15, 30_000) + 100}.00`,
    bought: `20${String(15 + drawn(number, 16, 11)).padStart(2, '0')}-${String(1 + drawn(number, 17, 12)).padStart(2, '0')}-15`,
    uses: drawn(number, 18, 400),
    spare: drawn(number, 19, 5) === 0,
    marks: drawn(number, 20, 3) === 0 ? ['loud'] : [],
    parts: [{ name: 'motor', maker: brands[drawn(number, 21, brands.length)]! }],
  }
}
