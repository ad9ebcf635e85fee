import type { Ctx } from '../context.ts'
import type { SheetExport } from '../exports/index.ts'
import { importLayout } from '../imports/index.ts'
import { recordSheet, type ExportRecordsInput } from '../records/index.ts'

/** What somebody wants as a file. */
export interface ExportRequest extends ExportRecordsInput {
  /** import: as an import takes it back. */
  shape: 'people' | 'import'
}

/** The export as it would be written now, for this actor. `onRead` is told how many records went in. 400, 403, 404 */
export async function planExport(
  ctx: Ctx,
  request: ExportRequest,
  onRead?: (records: number) => void,
): Promise<SheetExport> {
  const layout = request.shape === 'import' ? await importLayout(ctx, request.entity) : undefined
  return recordSheet(ctx, request, layout, onRead)
}
