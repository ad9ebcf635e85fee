import { useEffect } from 'react'
import type { FactsQuestion } from '#engine/contract'
import { request } from '../../../client/http/request.ts'
import type { FormStore } from './formStore.ts'

/** How long a person has to pause before the server is asked, in milliseconds. */
const CALM = 300

/**
 * Keeps `facts` true while a person types, where some depend on what he types. Only the facts are replaced: what he
 * typed meanwhile stays. Without an answer the old ones stay; the server looks again when he saves. `isTold`: those of
 * what the form opened with are there already.
 */
export function useFacts(store: FormStore, ask: FactsQuestion | null | undefined, isTold: boolean): void {
  useEffect(() => {
    if (!ask) return
    const inputs = (): string => {
      const { value } = store.getSnapshot().settled
      return JSON.stringify(ask.fields.map((name) => value[name] ?? null))
    }
    let known = isTold ? inputs() : null
    let timer: ReturnType<typeof setTimeout> | undefined
    let asking: AbortController | undefined

    const askNow = async (): Promise<void> => {
      asking?.abort()
      const { signal } = (asking = new AbortController())
      const { id, operation, params } = ask
      const body = { ...(id ? { id } : {}), data: store.getSnapshot().settled.value }
      try {
        const { facts } = await request(operation, { params, body, signal })
        if (!signal.aborted) store.setFacts(facts)
      } catch {
        // The next change asks again.
      }
    }
    const follow = (): void => {
      const now = inputs()
      if (now === known) return
      known = now
      clearTimeout(timer)
      timer = setTimeout(() => void askNow(), CALM)
    }
    follow()
    const stop = store.subscribe(follow)
    return () => {
      stop()
      clearTimeout(timer)
      asking?.abort()
    }
  }, [store, ask, isTold])
}
