import type { FileInfoView, FileView } from '#engine/contract'
import type { Ctx } from '../../context.ts'
import type { FileDoc } from '../../persistence/index.ts'

export const fileView = (file: FileDoc): FileView => ({
  id: file._id,
  name: file.name,
  type: file.type,
  size: file.size,
  sha256: file.sha256,
})

/** A file with who sent it, by name, and when. */
export async function fileInfoView(ctx: Ctx, file: FileDoc): Promise<FileInfoView> {
  const person = await ctx.db.users.get(file.uploadedBy)
  return { ...fileView(file), uploadedAt: file.uploadedAt.toISOString(), uploadedBy: person?.name ?? null }
}
