import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { People, startContract, type ContractCase } from './contractCase.ts'
import { startProduct } from './harness.ts'

interface Row {
  id: string
  standInFor: string | null
  record: { id: string }
}

describe('a substitution', () => {
  let product: Running
  let people: People
  const ids = new Map<string, string>()

  /** Sessions do not outlive the night: everybody signs in anew. */
  const at = (moment: string): void => {
    product.clock!.freeze(new Date(moment))
    people = new People(product)
  }
  const onDay = (day: string): void => at(`${day}T17:00:00Z`)

  beforeAll(async () => {
    product = await startProduct()
    at('2026-03-02T17:00:00Z')
    const admin = await people.as('superadmin')
    for (const user of (await admin.get('/api/substitutions/choices')).body.people as { id: string; name: string }[])
      ids.set(user.name, user.id)
  }, 120_000)
  afterAll(() => product.stop())

  const names: Record<string, string> = {
    'gerente.fm': 'Patricia Ugarte León',
    'facility.manager': 'Martín Cáceres Vega',
    'supervisor.fm': 'Lucía Paredes Soto',
    planner: 'Jorge Medina Flores',
    'service.desk': 'Carla Rojas Díaz',
    tecnico: 'Wilmer Condori Mamani',
    legal: 'Andrea Villanueva Castro',
  }
  const idOf = (user: string): string => ids.get(names[user] ?? '') ?? ''
  const arrange = async (who: string, body: Record<string, unknown>) =>
    (await people.as(who)).post('/api/substitutions', body)
  const ok = async (who: string, body: Record<string, unknown>): Promise<string> => {
    const answer = await arrange(who, body)
    expect({ status: answer.status, issues: answer.body.issues }).toEqual({ status: 201, issues: undefined })
    return answer.body.id as string
  }
  const end = async (who: string, id: string) => (await people.as(who)).delete(`/api/substitutions/${id}`)
  const inboxOf = async (who: string, contract: ContractCase): Promise<Row[]> =>
    ((await (await people.as(who)).get('/api/tasks?tab=mine&size=200')).body.items as Row[]).filter(
      (task) => task.record.id === contract.id,
    )
  const history = async (contract: ContractCase): Promise<{ who: string; text: string }[]> =>
    (await (await people.as('gerente.fm')).get(`/api/records/contrato/${contract.id}/history?size=200`)).body.items

  it('[FM-D-132] shows the absent person’s tasks in the substitute’s inbox for these days, and not a day longer', async () => {
    onDay('2026-03-02')
    const contract = await startContract(people)
    const desk = 'service.desk'
    expect(await inboxOf(desk, contract)).toEqual([])
    const id = await ok('facility.manager', { substitute: idOf('service.desk'), from: '2026-03-03', to: '2026-03-09' })

    expect(await inboxOf(desk, contract)).toEqual([])
    // Midnight in Lima is 05:00 in UTC.
    at('2026-03-03T04:59:59Z')
    expect(await inboxOf(desk, contract)).toEqual([])
    at('2026-03-03T05:00:00Z')
    const [task] = await inboxOf(desk, contract)
    expect(task).toMatchObject({ standInFor: 'Martín Cáceres Vega', mine: true })
    const opened = await (await people.as(desk)).get(`/api/tasks/${task!.id}`)
    expect(opened.status).toBe(200)

    onDay('2026-03-10')
    expect(await inboxOf(desk, contract)).toEqual([])
    const after = await people.as(desk)
    expect((await after.post(`/api/tasks/${task!.id}/claim`)).status).toBe(404)
    expect((await after.get('/api/substitutions')).body.items).toMatchObject([{ id, status: 'over' }])
  })

  it('[FM-D-132] says in history and audit who acted on behalf of whom', async () => {
    onDay('2026-03-12')
    const desk = await people.as('service.desk')
    await ok('facility.manager', { substitute: idOf('service.desk'), from: '2026-03-12', to: '2026-03-13' })
    const contract = await startContract(people)
    const [task] = await inboxOf('service.desk', contract)
    const claimed = await desk.post(`/api/tasks/${task!.id}/claim`)
    expect(claimed.body).toMatchObject({ assignee: { name: 'Martín Cáceres Vega' }, mine: true })
    const page = (await desk.get(`/api/tasks/${task!.id}`)).body
    const done = await desk.post(`/api/tasks/${task!.id}/complete`, { outcome: page.outcomes[0].key, data: {} })
    expect({ status: done.status, issues: done.body.issues }).toEqual({ status: 200, issues: undefined })
    expect(done.body.task.completedBy).toBe('Carla Rojas Díaz en nombre de Martín Cáceres Vega')

    const lines = (await history(contract)).filter(({ who }) => who.includes('en nombre de'))
    expect(lines.map(({ who }) => who)).toContain('Carla Rojas Díaz en nombre de Martín Cáceres Vega')
    const rows = await product.ctx.db.audit.find({ record: contract.id, action: 'task.completed' })
    expect(rows).toMatchObject([
      { actor: idOf('service.desk'), actorName: 'Carla Rojas Díaz en nombre de Martín Cáceres Vega' },
    ])
    const stored = await product.ctx.db.tasks.get(task!.id)
    expect(stored).toMatchObject({ completedBy: idOf('service.desk'), completedFor: idOf('facility.manager') })
  })

  it('leaves what the substitute took with the absent person when the days are over', async () => {
    onDay('2026-03-16')
    const desk = await people.as('service.desk')
    await ok('facility.manager', { substitute: idOf('service.desk'), from: '2026-03-16', to: '2026-03-16' })
    const contract = await startContract(people)
    const [task] = await inboxOf('service.desk', contract)
    await desk.post(`/api/tasks/${task!.id}/claim`)
    onDay('2026-03-17')
    expect(
      (await (await people.as('service.desk')).post(`/api/tasks/${task!.id}/release`)).status,
    ).toBeGreaterThanOrEqual(403)
    expect(await inboxOf('facility.manager', contract)).toMatchObject([
      { id: task!.id, assignee: { id: idOf('facility.manager') } },
    ])
  })

  it('gives rights in that work only: nothing else that the absent person may do', async () => {
    onDay('2026-03-18')
    const technician = await people.as('tecnico')
    await ok('gerente.fm', { substitute: idOf('tecnico'), from: '2026-03-18', to: '2026-03-18' })
    expect((await technician.get('/api/records/contrato')).status).toBeGreaterThanOrEqual(403)
    expect((await technician.post('/api/processes/contrato/instances', { data: {} })).status).toBe(403)
    expect((await technician.get('/api/substitutions?who=all')).status).toBe(403)
  })

  it('shows the record of a task he does for another, with its history, and not other records', async () => {
    onDay('2026-03-19')
    const technician = await people.as('tecnico')
    const contract = await startContract(people)
    const page = `/api/records/contrato/${contract.id}`
    expect((await technician.get(page)).status).toBe(404)
    await ok('facility.manager', { substitute: idOf('tecnico'), from: '2026-03-19', to: '2026-03-19' })
    expect((await technician.get(page)).body.tasks).toMatchObject([{ standInFor: 'Martín Cáceres Vega' }])
    expect((await technician.get(`${page}/history`)).status).toBe(200)
    const [task] = await inboxOf('tecnico', contract)
    const { outcomes } = (await technician.get(`/api/tasks/${task!.id}`)).body
    await technician.post(`/api/tasks/${task!.id}/complete`, { outcome: outcomes[0].key, data: {} })
    const next = (await technician.get(page)).status
    expect(next).toBe((await inboxOf('tecnico', contract)).length > 0 ? 200 : 404)
  })

  it('hands work on through a second substitute, and keeps what each limited it to', async () => {
    onDay('2026-03-20')
    const first = await ok('facility.manager', {
      substitute: idOf('service.desk'),
      from: '2026-03-20',
      to: '2026-03-24',
      roles: ['facility-manager'],
    })
    const second = await ok('service.desk', { substitute: idOf('planner'), from: '2026-03-21', to: '2026-03-30' })
    const contract = await startContract(people)
    expect(await inboxOf('planner', contract)).toEqual([])
    onDay('2026-03-21')
    expect(await inboxOf('planner', contract)).toMatchObject([{ standInFor: 'Martín Cáceres Vega' }])
    // Both have it; the chain ends with its first part.
    expect(await inboxOf('service.desk', contract)).toHaveLength(1)
    expect((await end('facility.manager', first)).body.status).toBe('ended')
    expect(await inboxOf('planner', contract)).toEqual([])
    await end('service.desk', second)
  })

  it('refuses a circle, also through several people and only where the days meet', async () => {
    onDay('2026-04-01')
    const week = { from: '2026-04-06', to: '2026-04-10' }
    const all = [
      await ok('facility.manager', { substitute: idOf('supervisor.fm'), ...week }),
      await ok('supervisor.fm', { substitute: idOf('planner'), from: '2026-04-01', to: '2026-04-07' }),
    ]
    const refused = await arrange('planner', {
      substitute: idOf('facility.manager'),
      from: '2026-04-07',
      to: '2026-04-20',
    })
    expect(refused.status).toBe(422)
    expect(refused.body.issues[0].message).toBe(
      'En esas fechas Jorge Medina Flores terminaría reemplazándose a sí mismo: Jorge Medina Flores → Martín Cáceres Vega → Lucía Paredes Soto → Jorge Medina Flores. Elija a otra persona u otras fechas.',
    )
    const later = { substitute: idOf('facility.manager'), from: '2026-04-08', to: '2026-04-20' }
    all.push(await ok('planner', later))
    const own = await arrange('planner', { substitute: idOf('planner'), ...week })
    expect(own.body.issues).toMatchObject([{ path: 'substitute', message: 'Elija a otra persona.' }])
    for (const [index, who] of ['facility.manager', 'supervisor.fm', 'planner'].entries()) await end(who, all[index]!)
  })

  it('lets only one of two win that would close a circle together', async () => {
    onDay('2026-04-12')
    const week = { from: '2026-05-04', to: '2026-05-08' }
    const answers = await Promise.all([
      arrange('planner', { substitute: idOf('tecnico'), ...week }),
      arrange('tecnico', { substitute: idOf('planner'), ...week }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422])
  })

  it('keeps to a role or a process when it is limited to one', async () => {
    onDay('2026-04-14')
    const day = { substitute: idOf('tecnico'), from: '2026-04-14', to: '2026-04-14' }
    const contract = await startContract(people)
    const other = (await (await people.as('superadmin')).get('/api/substitutions/choices')).body.processes.find(
      (process: { key: string }) => process.key !== 'contrato',
    )
    if (other) {
      const elsewhere = await ok('facility.manager', { ...day, processes: [other.key] })
      expect(await inboxOf('tecnico', contract)).toEqual([])
      await end('facility.manager', elsewhere)
    }
    const here = await ok('facility.manager', { ...day, processes: ['contrato'], roles: ['facility-manager'] })
    expect(await inboxOf('tecnico', contract)).toHaveLength(1)
    await end('facility.manager', here)
    const notHis = await arrange('facility.manager', { ...day, roles: ['gerente-fm'] })
    expect(notHis.body.issues).toMatchObject([{ path: 'roles', message: 'Martín Cáceres Vega no tiene ese rol.' }])
    const nowhere = await arrange('facility.manager', { ...day, processes: ['nada'] })
    expect(nowhere.status).toBe(422)
  })

  it('hides none of his own group’s tasks behind a substitution that does not reach them', async () => {
    onDay('2026-04-15')
    const contract = await startContract(people)
    const groupOf = async (who: string): Promise<Row[]> =>
      ((await (await people.as(who)).get('/api/tasks?tab=group&size=200')).body.items as Row[]).filter(
        (task) => task.record.id === contract.id,
      )
    expect(await groupOf('gerente.fm')).toHaveLength(1)
    const day = { substitute: idOf('gerente.fm'), from: '2026-04-15', to: '2026-04-15' }
    const elsewhere = await ok('facility.manager', { ...day, processes: ['registro-externo'] })
    expect(await groupOf('gerente.fm')).toHaveLength(1)
    await end('facility.manager', elsewhere)
  })

  it('is arranged for others by the administrator only, and by nobody for himself', async () => {
    onDay('2026-04-16')
    const day = { from: '2026-04-16', to: '2026-04-17' }
    const meddling = await arrange('planner', { absent: idOf('gerente.fm'), substitute: idOf('tecnico'), ...day })
    expect(meddling.status).toBe(403)
    const admin = await people.as('superadmin')
    const me = (await admin.get('/api/session')).body.user.id as string
    const grab = await arrange('superadmin', { absent: idOf('gerente.fm'), substitute: me, ...day })
    expect(grab.status).toBe(403)
    const id = await ok('superadmin', { absent: idOf('gerente.fm'), substitute: idOf('supervisor.fm'), ...day })
    // The substitute may look, and only the absent person or the administrator may end it.
    const supervisor = await people.as('supervisor.fm')
    expect((await supervisor.get('/api/substitutions')).body.items[0]).toMatchObject({
      id,
      mayEnd: false,
      createdBy: 'Rosa Quispe Huamán',
    })
    expect((await end('supervisor.fm', id)).status).toBe(403)
    expect((await end('planner', id)).status).toBe(404)
    expect((await end('gerente.fm', id)).body.status).toBe('ended')
    expect((await admin.get('/api/substitutions?who=all')).body.total).toBeGreaterThan(5)
  })

  it('says which date or person does not do', async () => {
    onDay('2026-04-20')
    const of = async (body: Record<string, unknown>) =>
      (await arrange('planner', { substitute: idOf('tecnico'), from: '2026-04-20', to: '2026-04-21', ...body })).body
        .issues?.[0] as { path: string; message: string } | undefined
    expect(await of({ from: '2026-04-19' })).toMatchObject({
      path: 'from',
      message: 'Elija hoy o una fecha posterior.',
    })
    expect(await of({ to: '2026-04-19' })).toMatchObject({ path: 'to' })
    expect(await of({ to: '2028-04-19' })).toMatchObject({ path: 'to', message: 'Un reemplazo dura a lo más un año.' })
    expect(await of({ to: '2026-02-31' })).toMatchObject({ path: 'to' })
    expect(await of({ substitute: 'nobody' })).toMatchObject({ path: 'substitute' })
    expect((await arrange('planner', { substitute: idOf('tecnico'), from: 'mañana', to: '2026-04-21' })).status).toBe(
      400,
    )
    expect((await (await people.as('cliente')).get('/api/substitutions')).status).toBe(404)
  })

  it('sends the substitute the mails of the tasks, saying for whom', async () => {
    onDay('2026-04-22')
    await ok('facility.manager', { substitute: idOf('service.desk'), from: '2026-04-22', to: '2026-04-30' })
    const contract = await startContract(people)
    onDay('2026-04-29')
    await product.jobs.wake()
    const mails = await product.ctx.db.outbox.find({ kind: 'mail', 'record.id': contract.id })
    const mine = mails.filter(({ payload }) => payload.to === 'service.desk@demo.pe')
    expect(mine.length).toBeGreaterThan(0)
    expect(mine[0]!.payload.subject).toMatch(/^Por Martín Cáceres Vega: /)
  })
})
