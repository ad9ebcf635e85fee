import { useCallback, useEffect, useRef, useState } from 'react'
import type { JsonObject } from '#forms'
import { draftStorage } from './draftStorage.ts'
import { request } from '../http/request.ts'

export type DraftState =
  | { status: 'idle' }
  | { status: 'saving' }
  | { status: 'saved'; at: string }
  /** Kept in this browser; sent when the connection is back. */
  | { status: 'offline'; at: string }

const quiet = 1000
const again = 10_000

/**
 * Saves what is typed by itself: a second after the last key, to the server and to this browser.
 * `savedAt`: when the draft the form opened with was saved. `key` is `task:<id>`, `process:<key>` or `record:<entity>:<id|new>`; null saves nothing.
 */
export function useFormDraft(key: string | null, savedAt: string | null = null) {
  const [state, setState] = useState<DraftState>(savedAt ? { status: 'saved', at: savedAt } : { status: 'idle' })
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const pending = useRef<JsonObject | null>(null)
  const closed = useRef(false)
  const paused = useRef(false)
  /** One after the other: an older state must not reach the server after a newer one. */
  const sending = useRef<Promise<void>>(Promise.resolve())

  const send = useCallback(async () => {
    const data = pending.current
    const isOver = () => closed.current
    if (!key || !data || isOver() || paused.current) return
    pending.current = null
    setState({ status: 'saving' })
    const at = new Date().toISOString()
    try {
      const saved = await request('saveDraft', { params: { key }, body: { data } })
      if (isOver()) return
      draftStorage.write(key, { data, savedAt: saved.savedAt, sent: true })
      setState({ status: 'saved', at: saved.savedAt })
    } catch {
      if (isOver()) return
      draftStorage.write(key, { data, savedAt: at, sent: false })
      setState({ status: 'offline', at })
      pending.current ??= data
      timer.current = setTimeout(() => void (sending.current = sending.current.then(send)), again)
    }
  }, [key])

  const sendSoon = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void (sending.current = sending.current.then(send)), quiet)
  }, [send])

  const save = useCallback(
    (data: JsonObject) => {
      if (!key || closed.current) return
      pending.current = data
      if (!paused.current) sendSoon()
    },
    [key, sendSoon],
  )

  /**
   * Sends nothing for now: what was typed goes out another way. Resolves once nothing is on its way any more, which
   * would otherwise reach the server after that and come back as a draft.
   */
  const pause = useCallback(async () => {
    paused.current = true
    clearTimeout(timer.current)
    pending.current = null
    await sending.current
    clearTimeout(timer.current)
    pending.current = null
  }, [])

  /** It did not go out: changes are saved again. */
  const resume = useCallback(() => {
    paused.current = false
    if (pending.current) sendSoon()
  }, [sendSoon])

  /** The work is done: the draft is gone here and there. */
  const forget = useCallback(
    (alsoOnServer: boolean) => {
      closed.current = true
      clearTimeout(timer.current)
      pending.current = null
      if (!key) return
      draftStorage.drop(key)
      if (alsoOnServer) void request('dropDraft', { params: { key } }).catch(() => undefined)
    },
    [key],
  )

  useEffect(() => {
    closed.current = false
    const flush = () => void send()
    const leave = () => {
      // A page that goes away takes its requests with it; one that comes back at once may ask before they arrive.
      const data = pending.current
      if (key && data) draftStorage.write(key, { data, savedAt: new Date().toISOString(), sent: false })
      flush()
    }
    window.addEventListener('online', flush)
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('online', flush)
      window.removeEventListener('pagehide', leave)
      clearTimeout(timer.current)
      leave()
    }
  }, [key, send])

  return { state, save, pause, resume, forget }
}
