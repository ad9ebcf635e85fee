import { readableFormula } from './readableFormula.ts'

const schema = { properties: { precio: { title: 'Precio' }, igv: { title: 'IGV' }, sede: { title: 'Sede' } } }

describe('the formula of a computed field', () => {
  it.each([
    ['money.add(value.precio, value.igv)', 'Precio + IGV'],
    ['ref.sede.ciudad', 'Sede › ciudad'],
    ['plugin.rate(value.precio)', 'plugin.rate(Precio)'],
  ])('%s reads "%s"', (formula, text) => {
    expect(readableFormula(formula, schema)).toBe(text)
  })
})
