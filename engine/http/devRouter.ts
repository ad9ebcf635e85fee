import express, { Router } from 'express'
import type { MovableClock } from '../clock.ts'
import type { Jobs } from '../jobs/index.ts'
import { devMailRouter, type DevMail } from '../notify/index.ts'

const DURATION = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?$/

/** Pages for trying Cauce out; they do not exist in production. */
export function devRouter(parts: { devMail: DevMail | null; clock: MovableClock | null; jobs: Jobs }): Router {
  const router = Router()
  if (parts.devMail) router.use(devMailRouter(parts.devMail))
  const { clock, jobs } = parts
  if (!clock) return router
  router.get('/clock', (_req, res) => {
    res.json({ now: clock.now().toISOString() })
  })
  /** {"advance": "P3D"}: moves the demo clock forward and does what became due. */
  router.post('/clock', express.json(), async (req, res) => {
    const { advance } = (req.body ?? {}) as { advance?: unknown }
    const match = typeof advance === 'string' ? DURATION.exec(advance) : null
    if (!match) {
      res.status(400).json({ message: 'advance: an ISO 8601 duration of days, hours and minutes, for example P3D' })
      return
    }
    const [days, hours, minutes] = [match[1], match[2], match[3]].map((part) => Number(part ?? 0)) as [
      number,
      number,
      number,
    ]
    clock.advance(((days * 24 + hours) * 60 + minutes) * 60_000)
    await jobs.runDueActions()
    await jobs.wake()
    res.json({ now: clock.now().toISOString() })
  })
  return router
}
