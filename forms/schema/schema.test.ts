import { expandSchema } from './expandSchema.ts'
import { foldText } from './foldText.ts'
import { FormModelError } from './FormModelError.ts'
import { patternRisk } from './patternRisk.ts'
import { renderPattern } from './renderPattern.ts'
import { ANNOTATIONS, nearestAnnotation, refusalOf } from './vocabulary.ts'

describe('expandSchema', () => {
  it('takes settings from Configuración', () => {
    const schema = { properties: { a: { type: 'string', 'x-file': { max: { setting: 'files.max' } } } } }
    const expanded = expandSchema(schema, { files: { max: '5MB' } })
    expect(expanded.properties!.a!['x-file']).toEqual({ max: '5MB' })
    expect(schema.properties.a['x-file']).toEqual({ max: { setting: 'files.max' } })
    expect(() => expandSchema(schema, {})).toThrow(FormModelError)
  })

  it('gives decimals a pattern and leaves out what only the server needs', () => {
    const expanded = expandSchema({ 'x-list': { columns: [] }, properties: { a: { 'x-money': 'PEN' } } })
    expect(expanded).toEqual({
      properties: {
        a: { type: 'string', 'x-money': 'PEN', 'x-decimal': { scale: 2 }, pattern: '^-?\\d{1,18}(\\.\\d{1,2})?$' },
      },
    })
  })
})

describe('renderPattern', () => {
  const data = { codigo: 'C-1', razon: 'Acme', vacio: '', sede: { nombre: 'Lima' } }

  it.each([
    ['{codigo} · {razon}', 'C-1 · Acme'],
    ['{vacio|codigo}-{razon}', 'C-1-Acme'],
    ['{codigo} · {vacio}', 'C-1'],
    ['{sede.nombre}', 'Lima'],
    ['{nada}', ''],
  ])('%s → %s', (pattern, expected) => {
    expect(renderPattern(pattern, data)).toBe(expected)
  })

  it('asks the lookup first', () => {
    expect(renderPattern('{tipo.nombre}', { tipo: 'h' }, (path) => (path === 'tipo.nombre' ? 'HVAC' : undefined))).toBe(
      'HVAC',
    )
  })
})

describe('vocabulary', () => {
  it('refuses an unknown word with the nearest known one, and what is not built by name', () => {
    expect(refusalOf('x-vissible-when', 'property')).toMatch('x-visible-when')
    expect(nearestAnnotation('x-compute')).toBe('x-computed')
    expect(refusalOf('x-ledger', 'property')).toBe('«x-ledger» todavía no está construido')
    expect(refusalOf('x-ref', 'property')).toBeNull()
    expect(refusalOf('x-list', 'property')).toBe('«x-list» va en la entidad o el formulario, no en una propiedad')
    expect(refusalOf('x-color', 'option')).toBeNull()
  })

  it('has each word once', () => {
    const names = ANNOTATIONS.map((annotation) => annotation.name)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('patternRisk', () => {
  it.each([
    '^\\d{11}$',
    '^[0-9A-Z]{1,20}$',
    '^(19|20)\\d{2}$',
    '^[A-Z]{2}(-\\d+)?$',
    '^-?\\d{1,18}(\\.\\d{1,2})?$',
    '^(\\d{3}-){3}x$',
  ])('lets %s pass', (pattern) => {
    expect(patternRisk(pattern)).toBeNull()
  })

  it.each(['(a+)+', '(a*)*b', '(a|b)*', '([a-z]+\\.)+com', '(a{1,20}){1,20}', '(.)\\1', '['])(
    'refuses %s',
    (pattern) => {
      expect(patternRisk(pattern)).not.toBeNull()
    },
  )
})

describe('foldText', () => {
  it('takes accents and case away', () => {
    expect(foldText('Áéíóú Ñ Ü')).toBe('aeiou n u')
  })
})
