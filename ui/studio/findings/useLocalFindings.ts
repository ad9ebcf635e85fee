import { useEffect, useState } from 'react'
import type { FindingView } from '#engine/contract'
import type { PackModel } from '../pack/packModel.ts'
import { checkFile } from './checkFile.ts'

/** The findings of the open file, shortly after each change. */
export function useLocalFindings(path: string | null, text: string | undefined, pack: PackModel): FindingView[] {
  const [found, setFound] = useState<{ path: string; findings: FindingView[] } | null>(null)
  useEffect(() => {
    if (path === null || text === undefined) return
    let alive = true
    const timer = setTimeout(() => {
      void checkFile(path, text, pack).then((findings) => alive && setFound({ path, findings }))
    }, 400)
    return () => {
      alive = false
      clearTimeout(timer)
    }
  }, [path, text, pack])
  return found && found.path === path ? found.findings : []
}
