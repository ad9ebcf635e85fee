import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react'
import { keys } from '../../../client/http/keys.ts'
import { beginExport, type Exportable, type ExportInput } from '../../../client/records/useExports.ts'

/** An export that somebody asked for in this window; `id`: once the server has taken it. */
export interface ExportInHand {
  key: string
  id: string | null
}

interface Hand {
  entries: ExportInHand[]
  put: (entry: ExportInHand) => void
  drop: (key: string) => void
}

const HandContext = createContext<Hand>({ entries: [], put: () => undefined, drop: () => undefined })

/** Keeps the exports in hand while the person goes from page to page. */
export function ExportsInHand({ children }: { children: ReactNode }) {
  const [entries, setEntries] = useState<ExportInHand[]>([])
  const drop = useCallback((key: string) => setEntries((all) => all.filter((one) => one.key !== key)), [])
  const put = useCallback(
    (entry: ExportInHand) =>
      setEntries((all) =>
        all.some(({ key }) => key === entry.key)
          ? all.map((one) => (one.key === entry.key ? entry : one))
          : [...all, entry],
      ),
    [],
  )
  const hand = useMemo(() => ({ entries, put, drop }), [entries, put, drop])
  return <HandContext value={hand}>{children}</HandContext>
}

export const useExportsInHand = (): Hand => useContext(HandContext)

/** What is filtered, as a file: `mutate` begins it, and the tray shows how far it is. */
export function useExporting(what: Exportable) {
  const { put, drop } = useExportsInHand()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (input: ExportInput) => {
      const key = crypto.randomUUID()
      put({ key, id: null })
      try {
        const { id } = await beginExport(what, input)
        put({ key, id })
      } catch (error) {
        drop(key)
        throw error
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.exports, exact: true }),
  })
}
