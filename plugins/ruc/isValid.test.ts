import { isValid } from './isValid.ts'

describe('check digit of a RUC', () => {
  it.each(['20131312955', '20100070970', '20100047218', '20123456786', '10123456781'])('%s is valid', (ruc) => {
    expect(isValid(ruc)).toBe(true)
  })
  it('remainders 1 and 0 give the digits 0 and 1', () => {
    expect(isValid('20131823020')).toBe(true)
    expect(isValid('20100079501')).toBe(true)
  })
  it('no other last digit is taken', () => {
    for (let digit = 0; digit < 10; digit++) expect(isValid(`2051233379${digit}`)).toBe(digit === 7)
  })
  it('the example printed in the specification, 20123456789, is not valid: the digit would be 6', () => {
    expect(isValid('20123456789')).toBe(false)
    expect(isValid('20123456786')).toBe(true)
  })
  it.each(['', '2012345678', '201234567866', '2012345678a', '99123456786'])('«%s» is not a RUC', (ruc) => {
    expect(isValid(ruc)).toBe(false)
  })
})
