import { describe, expect, it } from '@jest/globals'
import { codeIn } from './codeIn.ts'
import { generateCode } from './generateCode.ts'

describe('codes of labels', () => {
  it.each([
    ['https://fm.example.pe/q/ABC234', 'ABC234'],
    ['http://localhost:3000/q/A%20B', 'A B'],
    ['  PUMP01 ', 'PUMP01'],
    ['https://elsewhere.example/shop', 'https://elsewhere.example/shop'],
    ['https://fm.example.pe/q/%E0%A4%A', '%E0%A4%A'],
  ])('are found in %j', (scanned, code) => expect(codeIn(scanned)).toBe(code))

  it('are generated without letters that look like others, and never twice', () => {
    const many = Array.from({ length: 2000 }, generateCode)
    expect(many.filter((code) => !/^[2-9A-HJKMNP-TV-Z]{10}$/.test(code))).toEqual([])
    expect(new Set(many).size).toBe(many.length)
  })
})
