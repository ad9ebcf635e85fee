import { foldText, instantOfWallClock, plainDay, todayIn, type FormSchema, type Json } from '#forms'
import type { ImportCell } from '../persistence/index.ts'
import { amountOf } from './amountOf.ts'
import type { CellReading } from './CellReading.ts'

/** What somebody writes to take a value away: an empty cell leaves it as it is. */
const EMPTY = '(vacio)'

/** True for a cell that says nothing. */
export const isBlank = (cell: ImportCell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '')

/** True for the words that take a value away. */
export const isEmptied = (cell: ImportCell): boolean => typeof cell === 'string' && foldText(cell.trim()) === EMPTY

/** A cell as text, as a person sees it in the sheet. */
export function cellText(cell: ImportCell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'boolean') return cell ? 'Sí' : 'No'
  if (typeof cell === 'string') return cell
  if ('n' in cell) return cell.n
  const [day = '', time = ''] = cell.d.split('T')
  const shown = plainDay(day)
  return time && time !== '00:00:00' ? `${shown} ${time}` : shown
}

/**
 * The value that a cell gives a field that is no reference and no catalogue: options by key or title, DD/MM/AAAA and the
 * days of Excel, amounts with thousands, 18 or 18% for a percentage, Sí and No. What the form checks is not checked here.
 */
export function cellValue(schema: FormSchema, cell: ImportCell, timeZone: string): CellReading {
  const text = cellText(cell).trim()
  const options = optionsOf(schema)
  if (options) {
    const found = options.find(({ value, title }) => String(value) === text || foldText(title) === foldText(text))
    return found ? { value: found.value } : { problem: `«${text}» no es una de las opciones` }
  }
  if (schema['x-decimal'] !== undefined || schema['x-money'] !== undefined) return amountOf(schema, cell, text)
  if (schema.format === 'date') return dayOf(cell, text)
  if (schema.format === 'date-time') return momentOf(cell, text, timeZone)
  if (schema.type === 'boolean') return yesOrNo(text)
  if (schema.type === 'integer') {
    const digits = text.replace(/[\s,](?=\d{3}(\D|$))/g, '').replace(/\.0+$/, '')
    return /^-?\d{1,15}$/.test(digits) ? { value: Number(digits) } : { problem: `«${text}» no es un número entero` }
  }
  return { value: text }
}

export function optionsOf(schema: FormSchema): { value: Json; title: string }[] | null {
  if (schema.oneOf) {
    return schema.oneOf.map(({ const: value, title }) => ({ value: value as Json, title: title ?? String(value) }))
  }
  return schema.enum?.map((value) => ({ value: value, title: String(value) })) ?? null
}

const YES = new Set(['si', 's', 'x', 'yes', 'true', 'verdadero', '1'])
const NO = new Set(['no', 'n', 'false', 'falso', '0'])

function yesOrNo(text: string): CellReading {
  const folded = foldText(text)
  if (YES.has(folded)) return { value: true }
  return NO.has(folded) ? { value: false } : { problem: `Escriba Sí o No en vez de «${text}»` }
}

function dayOf(cell: ImportCell, text: string): CellReading {
  const day = typeof cell === 'object' && cell !== null && 'd' in cell ? cell.d.slice(0, 10) : dayIn(cell, text)
  return day ? { value: day } : { problem: `«${text}» no es una fecha (DD/MM/AAAA)` }
}

function dayIn(cell: ImportCell, text: string): string | null {
  const written = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  if (written) return realDay(`${written[3]}-${two(written[2])}-${two(written[1])}`)
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (iso) return realDay(text)
  const isNumber = typeof cell === 'object' && cell !== null
  return isNumber && /^\d{4,6}(\.\d+)?$/.test(text) ? dayOfSerial(Number(text)) : null
}

const two = (digits = ''): string => digits.padStart(2, '0')

/** A day that the calendar has; null otherwise. */
function realDay(day: string): string | null {
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : null
}

/** Excel counts days from 30 December 1899 (its year 1900 has a 29 February; days before March 1900 are none of ours). */
const dayOfSerial = (serial: number): string =>
  todayIn(new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000), 'UTC')

function momentOf(cell: ImportCell, text: string, timeZone: string): CellReading {
  const isDate = typeof cell === 'object' && cell !== null && 'd' in cell
  const [dayText = '', timeText = ''] = text.split(/\s+/, 2)
  const day = isDate ? cell.d.slice(0, 10) : dayIn(cell, dayText)
  const time = isDate ? cell.d.slice(11) : timeOf(timeText)
  const at = day && time !== null ? instantOfWallClock(`${day}T${time}`, timeZone) : null
  if (at && !Number.isNaN(at.getTime())) return { value: at.toISOString() }
  return { problem: `«${text}» no es una fecha y hora (DD/MM/AAAA HH:MM)` }
}

function timeOf(text: string): string | null {
  if (text === '') return '00:00:00'
  const found = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text)
  return found ? `${two(found[1])}:${found[2]}:${found[3] ?? '00'}` : null
}
