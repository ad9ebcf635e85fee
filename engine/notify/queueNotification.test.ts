import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Pack } from '#definitions'
import { openTestContext, type TestContext } from '../../tests/setup/testContext.ts'
import { putPacks, type PackRegistry } from '../packs/index.ts'
import type { OutboxDoc, UserDoc } from '../persistence/index.ts'
import { queueNotification, type NotificationInput } from './queueNotification.ts'

let test: TestContext
beforeAll(async () => {
  test = await openTestContext()
  // Groups come from the versions in force; here it is the same pack.
  putPacks(test.ctx, { all: () => Promise.resolve([{ pack }]) } as unknown as PackRegistry)
  for (const user of users) await test.ctx.db.users.insert(user)
  const at = test.clock.now()
  await test.ctx.db.records('empresa').insert({
    _id: 'acme',
    revision: 1,
    data: { nombre: 'Acme', correo: 'Mesa@Acme.pe' },
    label: 'Acme S.A.C.',
    search: '',
    aliases: [],
    pack: { name: 'toy', number: 1 },
    createdAt: at,
    createdBy: null,
    updatedAt: at,
    updatedBy: null,
    deletedAt: null,
  })
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.ctx.db.outbox.deleteMany({})
  await test.ctx.db.notices.deleteMany({})
})

const user = (id: string, roles: string[], more: Partial<UserDoc> = {}): UserDoc => ({
  _id: id,
  email: `${id}@demo.pe`,
  name: id.toUpperCase(),
  roles,
  front: 'staff',
  passwordHash: null,
  scope: {},
  active: true,
  failures: 0,
  lockedUntil: null,
  createdAt: new Date(0),
  ...more,
})
const users: UserDoc[] = [
  user('ana', ['comprador']),
  user('luis', ['jefe']),
  user('eva', ['comprador', 'jefe']),
  user('gone', ['comprador', 'jefe'], { active: false }),
  user('rosa', ['externo'], { front: 'portal', scope: { empresas: ['acme'] } }),
  user('otro', ['externo'], { front: 'portal', scope: { empresas: ['beta'] } }),
  user('mesa', ['externo'], { front: 'portal', email: 'mesa@acme.pe', scope: { empresas: ['acme'] } }),
]
const pack = {
  manifest: { name: 'toy', version: '1.0.0', title: 'Compras' },
  roles: {
    roles: {},
    groups: { compras: { title: 'Compras', roles: ['comprador', 'jefe'] } },
    can: {},
    rows: { pedido: { externo: 'record.empresa in actor.empresas' } },
  },
  entities: {
    pedido: {
      title: 'Pedido',
      properties: {
        empresa: { type: 'string', 'x-ref': { entity: 'empresa' } },
        responsable: { type: 'string', 'x-ref': '$user' },
      },
    },
    empresa: {
      title: 'Empresa',
      properties: { nombre: { type: 'string' }, correo: { type: 'string', format: 'email' } },
    },
  },
  templates: {
    aviso: {
      subject: 'Pedido {{record.codigo}}',
      channels: ['mail', 'notice'],
      urgency: 'info',
      body: 'Hola {{recipient.name}}\n\n{{link "Ver"}}',
    },
    tarea: {
      subject: 'Tarea',
      channels: ['notice'],
      urgency: 'act',
      body: 'Por hacer\n\n{{link "Atender" to="task"}}',
    },
  },
  texts: {},
} as unknown as Pack

function input(to: string, more: Partial<NotificationInput> = {}): NotificationInput {
  return {
    pack,
    template: 'aviso',
    to,
    facts: {
      record: { id: 'p1', codigo: 'P-1', empresa: 'acme', responsable: 'luis' },
      ref: {},
      form: {},
      task: null,
      actor: { id: 'ana' },
      settings: { correos: { legal: 'uno@legal.pe; dos@legal.pe', vacio: null } },
      vars: {},
    },
    recordLink: { entity: 'pedido', id: 'p1' },
    instance: { _id: 'i1', process: 'compra', startedBy: 'ana' },
    task: {
      _id: 't1',
      assignee: null,
      candidates: ['role:jefe', 'group:compras', 'user:luis', 'party:acme:*', 'party:beta:jefe'],
    },
    ...more,
  }
}
const queue = (to: string, more?: Partial<NotificationInput>): Promise<OutboxDoc[]> =>
  test.ctx.transaction((db) => queueNotification(test.ctx, db, input(to, more)))
const addressees = async (to: string, more?: Partial<NotificationInput>): Promise<string[]> =>
  (await queue(to, more)).map(({ payload }) => String(payload.to)).sort()

describe('queueNotification', () => {
  it.each([
    ['starter', ['ana@demo.pe']],
    ['role:jefe', ['eva@demo.pe', 'luis@demo.pe']],
    ['group:compras', ['ana@demo.pe', 'eva@demo.pe', 'luis@demo.pe']],
    ['user:record.responsable', ['luis@demo.pe']],
    ['user:record.nadie', []],
    ['mail:settings.correos.legal', ['dos@legal.pe', 'uno@legal.pe']],
    ['mail:settings.correos.vacio', []],
    ['assignee', ['ana@demo.pe', 'eva@demo.pe', 'luis@demo.pe', 'mesa@acme.pe', 'rosa@demo.pe']],
  ])('%s means %j', async (to, expected) => {
    expect(await addressees(to)).toEqual(expected)
  })

  it('[FM-D-002] writes to the addresses of a setting while nobody has the role', async () => {
    expect(await addressees('role:jefe | mail:settings.correos.legal')).toEqual(['eva@demo.pe', 'luis@demo.pe'])
    expect(await addressees('role:abogado | mail:settings.correos.legal, starter')).toEqual([
      'ana@demo.pe',
      'dos@legal.pe',
      'uno@legal.pe',
    ])
  })

  it('tells the assignee alone once there is one', async () => {
    expect(await addressees('assignee', { task: { _id: 't1', assignee: 'luis', candidates: ['role:jefe'] } })).toEqual([
      'luis@demo.pe',
    ])
  })

  it('[FM-D-040] a party is the record’s own e-mail and the active accounts limited to it, nobody of another', async () => {
    const rows = await queue('party:record.empresa')
    expect(rows.map(({ payload }) => [payload.to, payload.user]).sort()).toEqual([
      ['mesa@acme.pe', 'mesa'],
      ['rosa@demo.pe', 'rosa'],
    ])
  })

  it('[FM-D-077] sends one mail per person, however many words of the list mean him', async () => {
    expect(await addressees('role:jefe, group:compras, starter, user:record.responsable')).toEqual([
      'ana@demo.pe',
      'eva@demo.pe',
      'luis@demo.pe',
    ])
  })

  it('leads each person to the page on his own site', async () => {
    const rows = await queue('starter, party:record.empresa')
    const texts = Object.fromEntries(rows.map(({ payload }) => [payload.to, payload.text]))
    expect(texts['ana@demo.pe']).toBe('Hola ANA\n\nVer: http://staff.test/r/pedido/p1')
    expect(texts['rosa@demo.pe']).toBe('Hola ROSA\n\nVer: http://portal.test/r/pedido/p1')
  })

  it('writes outbox rows that are due now, and notices for people with an account', async () => {
    await queue('starter, mail:settings.correos.legal')
    const rows = await test.ctx.db.outbox.find({})
    expect(rows).toHaveLength(3)
    expect(rows[0]).toMatchObject({
      kind: 'mail',
      status: 'pending',
      attempts: 0,
      dueAt: test.clock.now(),
      instance: 'i1',
      record: { entity: 'pedido', id: 'p1' },
    })
    expect(rows[0]?.payload).toMatchObject({ template: 'aviso', subject: 'Pedido P-1' })
    const notices = await test.ctx.db.notices.find({})
    expect(notices).toMatchObject([
      { user: 'ana', subject: 'Pedido P-1', link: '/r/pedido/p1', urgency: 'info', readAt: null },
    ])
  })

  it('a template for notices only sends no mail; one that asks to act leads to the task', async () => {
    expect(await queue('starter', { template: 'tarea' })).toEqual([])
    expect(await test.ctx.db.notices.find({})).toMatchObject([{ link: '/tareas/t1', urgency: 'act' }])
  })

  it('happens with its event or not at all', async () => {
    await expect(
      test.ctx.transaction(async (db) => {
        await queueNotification(test.ctx, db, input('group:compras'))
        throw new Error('the step failed')
      }),
    ).rejects.toThrow('the step failed')
    expect(await test.ctx.db.outbox.count({})).toBe(0)
    expect(await test.ctx.db.notices.count({})).toBe(0)
  })

  it('refuses a recipient or a template that does not exist', async () => {
    await expect(queue('everybody')).rejects.toThrow('"everybody" is not a recipient')
    await expect(queue('starter', { template: 'none' })).rejects.toThrow('template none does not exist')
  })
})
