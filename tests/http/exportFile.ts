import { expect } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import type { Answer, Visitor } from './Visitor.ts'

/** Asks for a file, has it written, and fetches it: `path` is what the page posts to. */
export async function exportFile(product: Running, who: Visitor, path: string): Promise<Answer> {
  const { status, body } = await who.post(path)
  expect({ path, status, message: body.message }).toEqual({ path, status: 201 })
  await product.jobs.workOffExports()
  return who.get(`/api/exports/${body.id}/file`)
}
