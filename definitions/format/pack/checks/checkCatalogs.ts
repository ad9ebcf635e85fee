import type { Finding } from '../../types.ts'
import type { CheckInput } from '../CheckInput.ts'
import { errorAt, expectIn, unknownName } from '../finding.ts'

/** Catalogues: the key is a column, every row has its own, and no row has a column nobody declared. */
export function checkCatalogs({ pack, names }: CheckInput): Finding[] {
  return Object.entries(pack.catalogs).flatMap(([name, catalog]) => {
    const file = `catalogs/${name}.json`
    const findings: Finding[] = []
    const expect = expectIn(findings, file)
    const columns = Object.keys(catalog.columns)
    const parent = catalog.parent
    if (parent !== undefined && !names.catalogs.has(parent) && !columns.includes(parent)) {
      const known = [...names.catalogs]
      findings.push(unknownName(file, '/parent', 'el catálogo', parent, known))
    }
    const roles = Object.keys(pack.roles.roles)
    catalog.editable?.forEach((role, index) => expect(`/editable/${index}`, 'el rol', role, roles))
    catalog.required?.forEach((column, index) => expect(`/required/${index}`, 'la columna', column, columns))
    if (catalog.detail !== undefined) expect('/detail', 'la columna', catalog.detail, columns)
    const keys = new Set<string>()
    catalog.rows.forEach((row, index) => {
      const key = row[catalog.key]
      if (key === undefined || key === null || key === '') {
        findings.push(
          errorAt(
            'catalog',
            file,
            `/rows/${index}`,
            `La fila no tiene «${catalog.key}»`,
            'Cada fila necesita su clave',
          ),
        )
      } else if (keys.has(String(key))) {
        findings.push(
          errorAt('catalog', file, `/rows/${index}`, `«${String(key)}» está dos veces`, 'Una clave no se repite'),
        )
      }
      keys.add(String(key))
      for (const column of Object.keys(row).filter((known) => ![...columns, catalog.key, 'inactive'].includes(known))) {
        findings.push(unknownName(file, `/rows/${index}/${column}`, 'la columna', column, columns, 'unknown-key'))
      }
    })
    return findings
  })
}
