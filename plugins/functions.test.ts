import { pluginFunctions } from './functions.ts'

describe('functions of plugins', () => {
  it('are called with the name of their plugin', () => {
    expect(Object.keys(pluginFunctions(['ruc', 'version'])).sort()).toEqual(['ruc.isValid', 'version.next'])
  })
  it('a pack gets the functions of the plugins it names and no others', () => {
    expect(Object.keys(pluginFunctions(['ruc']))).toEqual(['ruc.isValid'])
  })
  it('a plugin that does not exist is refused by name', () => {
    expect(() => pluginFunctions(['nada'])).toThrow('nada')
  })
})
