import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { AuditRowView } from '../../engine/contract/index.ts'
import { Jobs } from '../../engine/jobs/index.ts'
import type { Running } from '../../engine/main.ts'
import { complete, contractData, People, startContract, upload, type ContractCase } from './contractCase.ts'
import { addAccount, askForLink, goodPassword } from './passwordLinks.ts'
import { exportFile } from './exportFile.ts'
import { demoPassword, signIn, startProduct, Visitor } from './harness.ts'
import { clientData, representative, supplierData, type Data } from './sampleRecords.ts'

/** The report of the audit through HTTP: who sees what, filters, before and after, files. */
describe('the report of the audit', () => {
  let product: Running
  let people: People
  let admin: Visitor
  let contract: ContractCase

  const find = async (query: string, who = admin): Promise<AuditRowView[]> => {
    const answer = await who.get(`/api/audit?size=200&${query}`)
    expect(answer.status).toBe(200)
    return answer.body.items as AuditRowView[]
  }
  const detail = async (row: AuditRowView | undefined) => (await admin.get(`/api/audit/${row?.id}`)).body
  const file = (query: string) => exportFile(product, admin, `/api/audit/export?${query}`)
  const nameOf = async (name: string) => (await (await people.as(name)).get('/api/session')).body.user.name as string
  const recordOf = (entity: string, id: string) => `filter.module=${entity}&filter.record=${id}`

  beforeAll(async () => {
    product = await startProduct({ environment: { TRUST_PROXY: '1' } })
    people = new People(product)
    admin = await people.as('superadmin')
    contract = await startContract(people)
  }, 60_000)
  afterAll(() => (product as Running | undefined)?.stop())

  it('[FM-2-8] holds sign-in, failed sign-in and sign-out with who, when and from where', async () => {
    const visitor = new Visitor(product.staffUrl)
    const credentials = { email: 'planner@demo.pe', password: 'Demo-Cauce-2026' }
    const from = { headers: { 'x-forwarded-for': '190.12.34.56', 'user-agent': 'Lynx' } }
    await visitor.post('/api/session', { ...credentials, password: 'wrong' }, from)
    await visitor.post('/api/session', credentials, from)
    await visitor.send('DELETE', '/api/session', from)
    const rows = await find('filter.ip=190.12.34.56')
    expect(rows.map((row) => row.action)).toEqual(['session.closed', 'session.opened', 'session.refused'])
    expect(rows[1]).toMatchObject({
      who: await nameOf('planner'),
      moduleTitle: 'Acceso',
      actionTitle: 'Inicio de sesión',
    })
    expect(rows[2]).toMatchObject({ email: 'planner@demo.pe', actionTitle: 'Ingreso rechazado' })
    expect(Math.abs(Date.parse(rows[2]!.at) - product.ctx.clock.now().getTime())).toBeLessThan(60_000)
    expect(await detail(rows[2])).toMatchObject({ userAgent: 'Lynx' })
    expect(JSON.stringify(await product.ctx.db.audit.find({}))).not.toMatch(/Demo-Cauce-2026|"wrong"/)
  })

  it('[FM-2-8] holds the creation and the reset of a password, and never the link', async () => {
    await addAccount(product, 'nora@demo.pe')
    const secrets: string[] = []
    for (const [password, action, title] of [
      [goodPassword, 'password.created', 'Creación de contraseña'],
      [`${goodPassword}-2`, 'password.reset', 'Restablecimiento de contraseña'],
    ] as const) {
      product.clock?.advance(61_000)
      const token = await askForLink(product, 'nora@demo.pe')
      secrets.push(token, password)
      expect((await new Visitor(product.staffUrl).post('/api/password', { token, password })).status).toBe(200)
      const [row] = await find(`filter.action=${action}`)
      expect(row).toMatchObject({ who: 'nora', moduleTitle: 'Acceso', actionTitle: title, ip: expect.anything() })
    }
    const kept = JSON.stringify(await product.ctx.db.audit.find({}))
    for (const secret of secrets) expect(kept).not.toContain(secret)
  })

  it('[FM-2-9] is filtered by user, days, module, action, record and IP together', async () => {
    const code = (await admin.get(`/api/records/contrato/${contract.id}`)).body.data.codigo as string
    const { createdAt } = (await product.ctx.db.records('contrato').get(contract.id))!
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Lima' }).format(createdAt)
    const all =
      `filter.user=${encodeURIComponent('gerente.fm@')}&filter.module=contrato&filter.action=process.started` +
      `&filter.record=${code}&filter.ip=127&filter.at.from=${today}&filter.at.to=${today}`
    const rows = await find(all)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ who: await nameOf('gerente.fm'), record: { id: contract.id } })
    for (const other of ['filter.user=nadie', 'filter.ip=10.0', 'filter.record=CTR-1999', 'filter.at.to=2020-01-01'])
      expect(
        await find(`${all.replace(new RegExp(`${other.split('=')[0]!.replaceAll('.', '\\.')}=[^&]*`), '')}&${other}`),
      ).toEqual([])
    expect((await admin.get('/api/audit?filter.nothing=1')).status).toBe(400)
    expect((await admin.get('/api/audit?filter.at.from=2026-02-31')).status).toBe(400)
  })

  it('[FM-4-14] [FM-4-15] [FM-4-16] shows what was created, changed and deleted, field by field', async () => {
    const data = {
      ruc: '20100070970', ceco: '777', razonSocial: '=cmd|calc', tipoCliente: 'Privado', clasificacion: 'Externo',
      procedencia: 'Nacional',
    } // prettier-ignore
    const form = (await admin.get('/api/entities/cliente')).body
    const known = Object.fromEntries(Object.entries(data).filter(([name]) => name in form.schema.properties))
    const sample = (await admin.get('/api/records/cliente?size=1')).body.items[0].data
    const { codigo: _codigo, ...rest } = sample
    const created = await admin.post('/api/records/cliente', { data: { ...rest, ...known } })
    expect({ status: created.status, issues: created.body.issues }).toEqual({ status: 201, issues: undefined })
    const { id, revision } = created.body
    const changed = await admin.patch(`/api/records/cliente/${id}`, { data: { razonSocial: 'Otra S.A.C.' } }, { headers: { 'if-match': String(revision) } }) // prettier-ignore
    expect(changed.status).toBe(200)
    const deleted = await admin.delete(`/api/records/cliente/${id}`, { reason: 'Duplicado' }, { headers: { 'if-match': String(changed.body.revision) } }) // prettier-ignore
    expect(deleted.status).toBe(204)
    const rows = await find(recordOf('cliente', id))
    expect(rows.map((row) => row.action)).toEqual(['record.deleted', 'record.updated', 'record.created'])
    expect(await detail(rows[1])).toMatchObject({
      changes: expect.arrayContaining([expect.objectContaining({ field: 'razonSocial', before: '=cmd|calc', after: 'Otra S.A.C.' })]), // prettier-ignore
    })
    expect((await detail(rows[2])).changes).toContainEqual(expect.objectContaining({ field: 'ruc', before: '', after: '20100070970' })) // prettier-ignore
    expect((await detail(rows[0])).details).toContainEqual({ title: 'Motivo', text: 'Duplicado' })
  })

  it.each<[string, Data, Data]>([
    ['representantes', representative({ nombre: 'Ana Ríos' }), { celular: '999111222' }],
    ['sucursales', { direccion: 'Jr. Uno 1, Lima' }, { direccion: 'Jr. Dos 2, Lima' }],
  ])(
    '[FM-4-17] holds who adds, edits and removes rows of a client’s %s, before and after',
    async (field, row, edited) => {
      const created = await admin.post('/api/records/cliente', {
        data: clientData({ representantes: undefined }),
        warned: true,
      })
      expect(created.status).toBe(201)
      const path = `/api/records/cliente/${created.body.id}`
      let { revision } = created.body as { revision: number }
      const steps: Data[][] = [[row], [{ ...row, ...edited }], []]
      for (const rows of steps) {
        const saved = await admin.patch(path, { data: { [field]: rows }, warned: true }, { headers: { 'if-match': String(revision) } }) // prettier-ignore
        expect({ status: saved.status, issues: saved.body.issues }).toEqual({ status: 200, issues: undefined })
        revision = saved.body.revision
      }
      const rows = (await find(recordOf('cliente', created.body.id))).filter((one) => one.action === 'record.updated')
      expect(rows.map((one) => one.who)).toEqual(Array(3).fill(await nameOf('superadmin')))
      const [value] = Object.values(edited)
      const [removed, changed, added] = await Promise.all(
        rows.map(async (one) =>
          (await detail(one)).changes.find((change: { field: string }) => change.field === field),
        ),
      )
      for (const text of Object.values(row)) expect(JSON.stringify(added.after)).toContain(text)
      expect(JSON.stringify(added.before)).not.toContain(Object.values(row)[0])
      expect(JSON.stringify(changed.before)).not.toContain(value)
      expect(JSON.stringify(changed.after)).toContain(value)
      expect(JSON.stringify(removed.before)).toContain(value)
      expect(JSON.stringify(removed.after)).not.toContain(value)
    },
  )

  it('[FM-4-17] holds who adds, edits and takes a user of a client out of use', async () => {
    const client = (await admin.post('/api/records/cliente', { data: clientData() })).body
    const data = { tipo: 'Cliente', ruc: client.data.ruc, clientes: [client.id], nombreCompleto: 'Elena Tapia', correo: 'elena.audit@example.pe', celular: '986540023', cargo: 'Jefa' } // prettier-ignore
    const started = await admin.post('/api/processes/registro-externo/instances', { data })
    const { instance } = started.body
    const path = `/api/records/usuario-externo/${instance.record.id}`
    const manager = await people.as('gerente.fm')
    const { items } = (await manager.get(`/api/tasks?record=usuario-externo:${instance.record.id}&status=open`)).body
    await manager.post(`/api/tasks/${items[0].id}/complete`, { outcome: 'aprobar', data: {} })
    const { revision } = (await admin.get(path)).body
    const headers = { 'if-match': String(revision) }
    expect((await admin.patch(path, { data: { cargo: 'Gerenta' } }, { headers })).status).toBe(200)
    const left = await admin.post(`/api/instances/${instance.id}/messages/inactivarExterno`, { data: { motivo: 'Dejó la empresa' } }) // prettier-ignore
    expect(left.status).toBe(200)
    const rows = await find(recordOf('usuario-externo', instance.record.id))
    const changes = (await Promise.all(rows.map(detail))).flatMap((one) =>
      one.changes.map((change: object) => ({ who: one.who, action: one.action, ...change })),
    )
    const who = await nameOf('superadmin')
    expect(changes).toContainEqual(expect.objectContaining({ who, action: 'record.created', field: 'nombreCompleto', after: 'Elena Tapia' })) // prettier-ignore
    expect(changes).toContainEqual(expect.objectContaining({ who, action: 'record.updated', field: 'cargo', before: 'Jefa', after: 'Gerenta' })) // prettier-ignore
    expect(changes).toContainEqual(expect.objectContaining({ who, field: 'estado', before: 'Aprobado', after: 'Inactivo' })) // prettier-ignore
  })

  it('[FM-6-16] [FM-6-17] [FM-6-18] holds the same of suppliers', async () => {
    const data = supplierData({ razonSocial: 'Climas S.A.' })
    const created = await admin.post('/api/records/proveedor', { data })
    expect({ status: created.status, issues: created.body.issues }).toEqual({ status: 201, issues: undefined })
    const path = `/api/records/proveedor/${created.body.id}`
    const at = (revision: number) => ({ headers: { 'if-match': String(revision) } })
    const changed = await admin.patch(path, { data: { razonSocial: 'Climas del Sur S.A.' } }, at(created.body.revision))
    expect((await admin.delete(path, { reason: 'Duplicado' }, at(changed.body.revision))).status).toBe(204)
    const rows = await find(recordOf('proveedor', created.body.id))
    expect(rows.map((row) => row.action)).toEqual(['record.deleted', 'record.updated', 'record.created'])
    expect((await detail(rows[1])).changes).toEqual([
      expect.objectContaining({ field: 'razonSocial', before: 'Climas S.A.', after: 'Climas del Sur S.A.' }),
    ])
    expect((await detail(rows[2])).changes).toContainEqual(expect.objectContaining({ field: 'ruc', before: '', after: data.ruc })) // prettier-ignore
    expect((await detail(rows[0])).details).toContainEqual({ title: 'Motivo', text: 'Duplicado' })
    expect(rows.map((row) => row.who)).toEqual(Array(3).fill(await nameOf('superadmin')))
  })

  it('[FM-9.13-1] [FM-9.13-2] [FM-9.13-3] [FM-9.3.1-4] [FM-9.3.1-5] holds every upload of a document with who, when and which version', async () => {
    const [row] = await find('filter.module=documento&filter.action=record.created')
    expect(row).toMatchObject({ who: await nameOf('gerente.fm') })
    expect(Math.abs(Date.parse(row!.at) - product.ctx.clock.now().getTime())).toBeLessThan(10 * 60_000)
    const { changes } = await detail(row)
    expect(changes).toContainEqual(expect.objectContaining({ title: 'Versión', after: 'v1.0' }))
    expect(changes).toContainEqual(expect.objectContaining({ title: 'Archivo', after: 'Contrato.pdf' }))
    expect((await find('filter.action=file.uploaded&filter.user=gerente.fm%40demo.pe')).length > 0).toBe(true)
  })

  it('[FM-9.13-4] [FM-9.13-5] [FM-9.13-6] [FM-9.13-7] holds states and observations', async () => {
    const manager = await people.as('facility.manager')
    expect((await complete(manager, contract, 'iniciarRevision', 'iniciar')).status).toBe(200)
    const answer = await complete(manager, contract, 'revisar', 'observar', {
      observaciones: [{ descripcion: 'Falta el anexo', tipo: 'Aclaración', prioridad: 'Alta' }],
    })
    expect({ status: answer.status, issues: answer.body.issues }).toEqual({ status: 200, issues: undefined })
    const states: string[] = []
    for (const row of await find(recordOf('contrato', contract.id)))
      for (const change of (await detail(row)).changes)
        if (change.field === 'estado') states.push(`${change.before}→${change.after}`)
    expect(states.reverse()).toEqual(['→Recibido', 'Recibido→En Revisión', 'En Revisión→Con Observaciones'])
    const [observation] = await find('filter.module=observacion&filter.action=record.created')
    expect(observation).toMatchObject({ who: await nameOf('facility.manager') })
    const { changes } = await detail(observation)
    expect(changes).toContainEqual(expect.objectContaining({ title: 'Tipo', after: 'Aclaración' }))
    expect(changes).toContainEqual(expect.objectContaining({ title: 'Fecha de registro', after: expect.stringMatching(/^\d\d\/\d\d\/\d{4}$/) })) // prettier-ignore
  })

  it('[FM-9.13-8] [FM-9.13-9] [FM-9.13-10] holds every notification with recipient, date and content', async () => {
    await product.jobs.wake()
    const rows = await find(`${recordOf('contrato', contract.id)}&filter.action=mail.sent`)
    expect(rows.length).toBeGreaterThan(0)
    const sent = product.devMail?.messages() ?? []
    for (const row of rows) {
      const { details, at } = await detail(row)
      const textOf = (title: string) => details.find((one: { title: string }) => one.title === title)?.text as string
      const mail = sent.find((one) => one.to.includes(textOf('Destinatario')) && one.subject === textOf('Asunto'))
      expect(mail).toBeDefined()
      expect(textOf('Contenido').length).toBeGreaterThan(20)
      expect(Number.isNaN(Date.parse(at))).toBe(false)
    }
  })

  it('[FM-9.13-25] [FM-9.13-26] [FM-9.13-29] [FM-9.13-30] [FM-9.13-31] holds looks and downloads of the client with IP', async () => {
    const client = await people.as('cliente')
    await client.get('/api/records/contrato')
    await client.get(`/api/records/contrato/${contract.id}`)
    await client.get(`/api/records/contrato/${contract.id}`)
    const looks = await find('filter.user=cliente%40demo.pe&filter.module=contrato&filter.at.from=2020-01-01')
    expect(looks.map((row) => [row.action, row.record?.id ?? null, row.front])).toEqual([
      ['record.viewed', contract.id, 'portal'],
      ['list.viewed', null, 'portal'],
    ])
    expect(looks[0]!.ip).toMatch(/127\.0\.0\.1/)
    const documents = (await client.get('/api/records/documento')).body.items as { data: { archivo: string } }[]
    const file = documents[0]?.data.archivo ?? (await upload(client, 'pdf', 'Propio'))
    expect((await client.get(`/api/files/${file}`)).status).toBe(200)
    const [download] = await find('filter.user=cliente%40demo.pe&filter.action=file.downloaded')
    expect(download).toMatchObject({ front: 'portal', actionTitle: 'Descarga de archivo' })
    // The staff's looks are not logged: 9.13 asks for those of the client.
    await admin.get(`/api/records/contrato/${contract.id}`)
    expect(await find('filter.user=superadmin&filter.action=record.viewed')).toEqual([])
  })

  it('[FM-9.13-28] holds what the client uploads', async () => {
    const manager = await people.as('facility.manager')
    const client = await people.as('cliente')
    expect(
      (await complete(manager, contract, 'enviarObservaciones', 'enviar', { mensaje: 'Por revisar' })).status,
    ).toBe(200)
    const archivo = await upload(client, 'docx', 'Contrapropuesta')
    expect((await complete(client, contract, 'contrapropuesta', 'enviar', { archivo })).status).toBe(200)
    const [uploaded] = await find('filter.user=cliente%40demo.pe&filter.action=file.uploaded')
    expect(uploaded).toMatchObject({ front: 'portal', who: await nameOf('cliente') })
    const [stored] = await find('filter.user=cliente%40demo.pe&filter.module=documento&filter.action=record.created')
    expect((await detail(stored)).changes).toContainEqual(expect.objectContaining({ after: 'Contrapropuesta.docx' }))
  })

  it('[FM-9.13-27] holds the acceptance of the client', async () => {
    const accepted = await startContract(people)
    const manager = await people.as('facility.manager')
    const done = async (answer: Promise<{ status: number }>) => expect((await answer).status).toBe(200)
    await done(complete(manager, accepted, 'iniciarRevision', 'iniciar'))
    await done(complete(manager, accepted, 'revisar', 'legal'))
    await done(complete(await people.as('legal'), accepted, 'revisarLegal', 'aprobar'))
    const archivo = await upload(manager, 'pdf', 'Propuesta')
    await done(complete(manager, accepted, 'prepararPropuesta', 'proponer', { archivo }))
    const client = await people.as('cliente')
    await done(complete(client, accepted, 'responderPropuesta', 'aceptar', {}, { password: demoPassword }))
    const rows = await find(`filter.user=cliente%40demo.pe&filter.record=${accepted.id}&filter.action=task.completed`)
    expect(rows).toHaveLength(1)
    expect((await detail(rows[0])).details).toContainEqual({ title: 'Respuesta', text: 'aceptar' })
  })

  it('shows each role the rows it may see, and answers 404 for the others', async () => {
    const manager = await people.as('gerente.fm')
    const seen = await find('', manager)
    expect(seen.length).toBeGreaterThan(0)
    expect(new Set(seen.map((row) => row.module).filter((module) => !['contrato', 'documento', 'observacion'].includes(module)))).toEqual(new Set()) // prettier-ignore
    const [foreign] = await find('filter.action=session.opened')
    expect((await manager.get(`/api/audit/${foreign!.id}`)).status).toBe(404)
    // Own contracts only: nothing until he is responsible for one.
    const supervisor = await people.as('supervisor.fm')
    expect(await find('', supervisor)).toEqual([])
    const record = (await supervisor.get(`/api/records/contrato/${contract.id}`)).body
    const own = (await product.ctx.db.users.findOne({ email: 'supervisor.fm@demo.pe' }))!._id
    const saved = await supervisor.patch(`/api/records/contrato/${contract.id}`, { data: { responsable: own } }, { headers: { 'if-match': String(record.revision) } }) // prettier-ignore
    expect(saved.status).toBe(200)
    const mine = await find('', supervisor)
    expect(new Set(mine.map((row) => row.module))).toEqual(new Set(['contrato', 'documento', 'observacion']))
    expect(mine.every((row) => row.module !== 'contrato' || row.record?.id === contract.id)).toBe(true)
    for (const nobody of ['planner', 'legal'])
      expect((await (await people.as(nobody)).get('/api/audit')).status).toBe(403)
    expect((await manager.post('/api/audit/export?format=csv')).status).toBe(403)
    expect((await (await people.as('cliente')).get('/api/audit')).status).toBe(404)
  })

  it('[FM-2-9] is exported to Excel, PDF and CSV; a text stays a text, and the export is in the audit', async () => {
    const query = 'filter.module=cliente&filter.user=superadmin'
    const csv = await file(`format=csv&${query}`)
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="auditoria-.*\.csv"$/)
    const lines = (csv.body as Buffer).toString('utf8')
    expect(lines).toContain('Fecha y hora,Usuario')
    expect(lines).not.toMatch(/(^|,)"?[=+@-]/m)
    const xlsx = await file(`format=xlsx&${query}`)
    const sheet = entryOf(xlsx.body as Buffer, 'xl/worksheets/sheet1.xml')
    expect(sheet).toContain('Registro de auditoría')
    expect(sheet).toContain('Filtros: Usuario: superadmin; Módulo: Clientes')
    expect(sheet).toContain(`Exportado por ${await nameOf('superadmin')}`)
    expect(sheet).not.toContain('<f>')
    const pdf = await file(`format=pdf&${query}`)
    expect((pdf.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-')
    const [row] = await find('filter.action=audit.exported')
    expect(row).toMatchObject({ who: await nameOf('superadmin') })
    expect((await detail(row)).details).toContainEqual({ title: 'Formato', text: 'pdf' })
    expect((await admin.post('/api/audit/export?format=exe')).status).toBe(400)
  })

  it('is exported in the background: up to the moment it was asked for, by who may at the moment of writing', async () => {
    const begin = async () => (await admin.post('/api/audit/export?format=csv&filter.action=audit.exported')).body
    const written = await product.ctx.db.audit.count({ action: 'audit.exported' })
    expect(written).toBeGreaterThan(0)
    // The processes that write stand still: what is asked for waits.
    await product.jobs.stop()
    const first = await begin()
    expect(first).toMatchObject({ status: 'writing', title: 'Registro de auditoría', entity: null, rows: written })
    expect((await (await people.as('gerente.fm')).get(`/api/exports/${first.id}`)).status).toBe(404)
    const second = await begin()
    const cancelled = await begin()
    expect((await admin.delete(`/api/exports/${cancelled.id}`)).body.status).toBe('cancelled')
    const jobs = new Jobs(product.ctx)
    await jobs.workOffExports()
    for (const [{ id }, rows] of [
      [first, written],
      [second, written + 1],
    ] as const) {
      expect((await admin.get(`/api/exports/${id}`)).body).toMatchObject({ status: 'ready', rows, done: rows })
      const lines = ((await admin.get(`/api/exports/${id}/file`)).body as Buffer).toString('utf8').trimEnd()
      expect(lines.split('\r\n').filter((line) => line.includes('Exportación de auditoría'))).toHaveLength(rows)
    }

    const lost = await begin()
    const { _id, roles } = (await product.ctx.db.users.findOne({ email: 'superadmin@demo.pe' }))!
    await product.ctx.db.users.updateOne({ _id }, { $set: { roles: [] } })
    await jobs.workOffExports()
    await jobs.stop()
    expect(await product.ctx.db.exports.get(lost.id)).toMatchObject({ status: 'failed', blob: null })
    expect((await admin.get(`/api/exports/${first.id}/file`)).status).toBe(403)
    await product.ctx.db.users.updateOne({ _id }, { $set: { roles } })
  })

  it('[FM-9.11.3-20] [FM-9.11.3-21] [FM-9.11.3-22] holds day, time and person of a contract uploaded at the portal', async () => {
    const client = await people.as('cliente')
    const started = await client.post('/api/processes/contrato/instances', { data: await contractData(client) })
    expect({ status: started.status, issues: started.body.issues }).toEqual({ status: 201, issues: undefined })
    const [row] = await find('filter.user=cliente%40demo.pe&filter.module=documento&filter.action=record.created')
    expect(row).toMatchObject({ who: await nameOf('cliente'), front: 'portal' })
    expect(Math.abs(Date.parse(row!.at) - product.ctx.clock.now().getTime())).toBeLessThan(60_000)
  })

  it('shows the IP that the configured proxy vouches for, not one that a visitor claims', async () => {
    const plain = await startProduct({ packs: ['toy'], packsDir: 'tests' })
    try {
      const visitor = new Visitor(plain.staffUrl)
      await visitor.post('/api/session', { email: 'x@demo.pe', password: 'wrong' }, { headers: { 'x-forwarded-for': '8.8.8.8' } }) // prettier-ignore
      const [row] = await plain.ctx.db.audit.find({ action: 'session.refused' })
      expect(row?.ip).toMatch(/127\.0\.0\.1/)
    } finally {
      await plain.stop()
    }
  })

  it('needs a session', async () => {
    expect((await new Visitor(product.staffUrl).get('/api/audit')).status).toBe(401)
    expect((await (await signIn(product.staffUrl, 'service.desk')).get('/api/audit/filters')).status).toBe(403)
  })
})

/** One entry of a zip, as text. */
function entryOf(zip: Buffer, name: string): string {
  let end = zip.length - 22
  while (zip.readUInt32LE(end) !== 0x06054b50) end -= 1
  let at = zip.readUInt32LE(end + 16)
  for (;;) {
    const [method, size, nameLength] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)]
    const local = zip.readUInt32LE(at + 42)
    if (zip.subarray(at + 46, at + 46 + nameLength).toString() === name) {
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const bytes = zip.subarray(start, start + size)
      return (method === 8 ? inflateRawSync(bytes) : bytes).toString('utf8')
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
}
