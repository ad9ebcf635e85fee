import { Readable } from 'node:stream'
import { expect } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { readSheetApart } from '../../engine/imports/reader/readSheetApart.ts'
import type { RawCell } from '../../engine/imports/reader/SheetLine.ts'
import type { Answer, Visitor } from './Visitor.ts'

/** Sends a sheet to be imported. */
export async function uploadSheet(
  visitor: Visitor,
  entity: string,
  content: Uint8Array | string,
  name = 'hoja.csv',
): Promise<Answer> {
  const form = new FormData()
  form.append('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), name)
  return visitor.post(`/api/imports/${entity}`, form)
}

/** An import that a person works on, as the page does. */
export class SheetImport {
  readonly #product: Running
  readonly #visitor: Visitor
  readonly #path: string

  private constructor(product: Running, visitor: Visitor, entity: string, id: string) {
    this.#product = product
    this.#visitor = visitor
    this.#path = `/api/imports/${entity}/${id}`
  }

  static async begin(
    product: Running,
    visitor: Visitor,
    entity: string,
    content: Uint8Array | string,
    name?: string,
  ): Promise<SheetImport> {
    const { status, body } = await uploadSheet(visitor, entity, content, name)
    expect({ status, code: body.code, message: body.message }).toEqual({ status: 201 })
    return new SheetImport(product, visitor, entity, body.id as string)
  }

  /** What it says when everything that goes on by itself has gone on. */
  async view(): Promise<Answer['body']> {
    await this.#product.jobs.workOffImports()
    return (await this.#visitor.get(this.#path)).body
  }

  /** Tries the rows, with the columns as they were guessed unless said otherwise. */
  async check(mapping?: (string | null)[], fixed: Record<string, string> = {}): Promise<Answer['body']> {
    const guessed = ((await this.view()).columns as { target: string | null }[]).map(({ target }) => target)
    const { status, body } = await this.#visitor.post(`${this.#path}/check`, { mapping: mapping ?? guessed, fixed })
    expect({ status, message: body.message }).toEqual({ status: 200 })
    return this.view()
  }

  async apply(mode: 'all' | 'valid', warned = false): Promise<Answer['body']> {
    const { status, body } = await this.#visitor.post(`${this.#path}/apply`, { mode, warned })
    expect({ status, message: body.message }).toEqual({ status: 200 })
    return this.view()
  }

  send = (step: string, body: unknown): Promise<Answer> => this.#visitor.post(`${this.#path}/${step}`, body)
  cancel = (): Promise<Answer> => this.#visitor.delete(this.#path)
  errors = (format: string, rows = 'errors'): Promise<Answer> =>
    this.#visitor.get(`${this.#path}/errors?format=${format}&rows=${rows}`)
}

/** Rows of a workbook's first sheet, read as an import reads it. */
export async function rowsOfWorkbook(content: Uint8Array): Promise<RawCell[][]> {
  const rows: RawCell[][] = []
  for await (const row of readSheetApart(Readable.from([Buffer.from(content)]), 'xlsx')) rows.push(row)
  return rows
}
