import { parseBpmn } from '#definitions'
import type { FindingView } from '#engine/contract'
import type { PackModel } from '../pack/packModel.ts'

/** What the browser can say of one file at once, before the server looks at the whole draft. */
export async function checkFile(path: string, text: string, _pack: PackModel): Promise<FindingView[]> {
  if (!path.endsWith('.bpmn')) return []
  const result = await parseBpmn(text)
  return 'findings' in result ? result.findings.map((finding) => ({ ...finding, file: path, cure: finding.cure ?? null })) : []
}
