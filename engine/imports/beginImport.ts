import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ImportView } from '#engine/contract'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { readBlobRange, storeFile, unpackedSize } from '../files/index.ts'
import type { FileDoc, ImportDoc } from '../persistence/index.ts'
import { demandImport } from './demandImport.ts'
import { countsOf } from './importJob.ts'
import { importView } from './importView.ts'

/** What an honest workbook unpacks to at most. */
const MOST_UNPACKED = 400 * 1024 * 1024
/** Imports of one person that may be under way at a time. */
const MOST_OPEN = 5

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * Takes a sheet in; its rows are read afterwards. @throws 403, 404, 409 where a process makes the records, 413, 422
 * `import.file` for what is no sheet of ours, 429 with too many under way
 */
export async function beginImport(
  ctx: Ctx,
  input: { entity: string; name: string; content: Buffer; maxBytes: number },
): Promise<ImportView> {
  const entity = await demandImport(ctx, input.entity)
  const user = ctx.actor.id ?? ''
  const open = await ctx.db.imports.count({ user, status: { $in: ['reading', 'checking', 'applying'] } }, MOST_OPEN)
  if (open >= MOST_OPEN) throw new CauceError('request.too-many', { minutes: 5 })
  const { name, content, maxBytes } = input
  const file = await storeFile(ctx, { name, content: Readable.from([content]), maxBytes })
  const job: ImportDoc = {
    _id: randomUUID(),
    entity: entity.key,
    user,
    ip: ctx.actor.ip,
    userAgent: ctx.actor.userAgent,
    file: file._id,
    fileName: file.name,
    kind: await kindOf(ctx, file),
    status: 'reading',
    columns: [],
    mapping: [],
    fixed: {},
    mode: null,
    warned: false,
    counts: countsOf(0),
    cursor: 0,
    problem: null,
    startedAt: ctx.clock.now(),
    endedAt: null,
    turnAt: ctx.clock.now(),
    lease: null,
    claimedBy: null,
  }
  await ctx.transaction(async (db) => {
    await db.imports.insert(job)
    const details = { file: file._id, name: file.name, sha256: file.sha256 }
    await writeAudit(ctx, db, { action: 'file.uploaded', entity: entity.key, details })
  })
  return importView(ctx, entity, job)
}

/** By content, never by name: refuses old and protected workbooks, macros, web pages and bombs in plain words. */
async function kindOf(ctx: Ctx, file: FileDoc): Promise<ImportDoc['kind']> {
  const refuse = (why: string): never => {
    throw new CauceError('import.file', { why })
  }
  if (file.type === XLSX) {
    const size = await unpackedSize(ctx, file)
    if (size === null || size > MOST_UNPACKED) refuse('es demasiado grande al abrirlo')
    return 'xlsx'
  }
  if (file.type === 'application/x-cfb') {
    refuse('es de un Excel antiguo (.xls) o pide contraseña. Ábralo y guárdelo como .xlsx sin contraseña')
  }
  if (file.type === 'application/zip') refuse('no es un Excel, o lleva macros. Guárdelo como .xlsx')
  const head = await readBlobRange(ctx, file.blob, 0, Math.min(file.size, 8192))
  const isWide = head[0] === 0xff && head[1] === 0xfe
  const isText = ['text/plain', 'application/octet-stream'].includes(file.type) && (isWide || !head.includes(0))
  if (!isText) refuse('no es un Excel (.xlsx) ni un CSV')
  if (/^\s*</.test(head.toString('latin1').replace(/^ï»¿/, ''))) {
    refuse('es una página web con otro nombre. Ábralo en Excel y guárdelo como .xlsx')
  }
  return 'csv'
}
