import type { FileView } from '#engine/contract'
import type { FileDoc } from '../../persistence/index.ts'

export const fileView = (file: FileDoc): FileView => ({
  id: file._id,
  name: file.name,
  type: file.type,
  size: file.size,
  sha256: file.sha256,
})
