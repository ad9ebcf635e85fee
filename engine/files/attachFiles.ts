import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { Db } from '../persistence/index.ts'

/**
 * Gives files to the record that now holds them, in the transaction that saves it. Only the person who uploaded a file
 * may attach it while no record holds it (a process acts as the system and may); a file that another record holds
 * cannot be attached, since knowing its id would then be enough to read it. Throws file.missing.
 */
export async function attachFiles(
  ctx: Pick<Ctx, 'actor'>,
  db: Db,
  ids: string[],
  record: { entity: string; id: string },
): Promise<void> {
  for (const id of new Set(ids)) {
    const uploader = ctx.actor.id === null ? {} : { uploadedBy: ctx.actor.id }
    const attached = await db.fileInfos.updateOne(
      { _id: id, status: 'stored', 'record.entity': null, ...uploader },
      { $set: { record } },
    )
    if (attached > 0) continue
    const holder = (await db.fileInfos.get(id))?.record
    if (holder?.entity !== record.entity || holder.id !== record.id) {
      throw new CauceError('file.missing', {}, { details: { file: id } })
    }
  }
}
