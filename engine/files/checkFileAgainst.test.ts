import { describe, expect, it } from '@jest/globals'
import { checkFileAgainst } from './checkFileAgainst.ts'
import { formatFileSize, parseFileSize } from './fileSize.ts'

describe('checkFileAgainst', () => {
  const pdf = { type: 'application/pdf', size: 10 * 1024 ** 2 }

  it('accepts a file of the kinds named, up to the very last byte (10MB = 10 × 1024²)', () => {
    expect(checkFileAgainst(pdf, { types: ['pdf', 'docx'], max: '10MB' })).toBeNull()
    expect(checkFileAgainst({ ...pdf, size: pdf.size + 1 }, { max: '10MB' }, 'archivo')).toMatchObject({
      path: 'archivo',
      rule: 'file',
      level: 'error',
      message: 'El archivo supera el máximo de 10 MB.',
    })
  })

  it('names the kinds that are accepted', () => {
    expect(checkFileAgainst(pdf, { types: ['png', 'jpg'] })?.message).toBe(
      'Este tipo de archivo no se admite. Use PNG o JPG.',
    )
    expect(checkFileAgainst({ type: 'image/jpeg', size: 1 }, { types: ['jpeg'] })).toBeNull()
  })

  it('refuses an annotation nobody understands, loudly', () => {
    expect(() => checkFileAgainst(pdf, { types: ['exe'] })).toThrow('"exe" is not a kind of file')
    expect(() => parseFileSize('muy grande')).toThrow('is not a file size')
  })

  it('shows sizes as people write them', () => {
    expect([0, 900, 300 * 1024, 1.5 * 1024 ** 2, 2 * 1024 ** 3].map(formatFileSize)).toEqual([
      '0 B',
      '900 B',
      '300 KB',
      '1.5 MB',
      '2 GB',
    ])
  })
})
