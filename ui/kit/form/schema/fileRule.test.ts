import { fileRule, parseSize, refuseContent, refuseFile, refuseSize } from './fileRule.ts'

describe('what a file field takes', () => {
  const rule = fileRule({ 'x-file': { types: ['pdf', 'docx'], max: '10MB' } })
  it('reads sizes as the definitions write them', () => {
    expect(parseSize('5MB')).toBe(5 * 1024 ** 2)
    expect(parseSize('1.5 KB')).toBe(1536)
    expect(parseSize(900)).toBe(900)
    expect(parseSize('mucho')).toBeNull()
  })
  it('refuses before sending, and says what would do', () => {
    expect(refuseFile({ name: 'a.exe', size: 9 }, rule)).toEqual({ reason: 'type', types: 'PDF, DOCX' })
    expect(refuseFile({ name: 'a.pdf', size: 10 * 1024 ** 2 + 1 }, rule)).toEqual({
      reason: 'size',
      max: 10 * 1024 ** 2,
    })
    expect(refuseFile({ name: 'a.pdf', size: 0 }, rule)).toEqual({ reason: 'empty' })
    expect(refuseFile({ name: 'A.PDF', size: 10 * 1024 ** 2 }, rule)).toBeNull()
  })
  it('takes .jpeg where jpg is said, and leaves the size of a photo to after its reduction', () => {
    const photo = fileRule({ 'x-file': { types: ['jpg'], max: '1MB', photo: true } })
    expect(refuseFile({ name: 'a.jpeg', size: 9_000_000 }, photo)).toBeNull()
    expect(refuseSize({ size: 9_000_000 }, photo)).toEqual({ reason: 'size', max: 1024 ** 2 })
    expect(refuseFile({ name: 'IMG_1.HEIC', size: 9 }, photo)).toEqual({ reason: 'heic' })
  })
  it('believes what the server found in a file, not its name', () => {
    expect(refuseContent({ type: 'text/plain' }, rule)).toEqual({ reason: 'type', types: 'PDF, DOCX' })
    expect(refuseContent({ type: 'application/pdf' }, rule)).toBeNull()
  })
})
