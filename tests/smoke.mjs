// Does a running Cauce with demo data work at all? Signs in on both sites and completes one task by HTTP.
//   node tests/smoke.mjs http://127.0.0.1:3000 http://127.0.0.1:3001
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

const [staffUrl, portalUrl] = process.argv.slice(2)
assert(staffUrl && portalUrl, 'usage: node tests/smoke.mjs STAFF_URL PORTAL_URL')
const password = 'Demo-Cauce-2026'

await Promise.all([ready(staffUrl), ready(portalUrl)])
await page(staffUrl)
await page(portalUrl)

const staff = await signIn(staffUrl, 'facility.manager@demo.pe')
const portal = await signIn(portalUrl, 'cliente@demo.pe')
await refuse(portalUrl, 'facility.manager@demo.pe')

for (const [name, session] of Object.entries({ staff, portal })) {
  const entities = await session.get('/api/entities')
  assert(entities.length > 0, `${name} reads no entity`)
  const list = await session.get(`/api/records/${entities[0].key}?size=5`)
  assert(Array.isArray(list.items), `${name}: no list of ${entities[0].key}`)
}

const task = await completeOneTask(staff)
const { items } = await staff.get(`/api/records/${task.record.entity}/${task.record.id}/history`)
assert(items.length > 0, 'the completed task left no history')
console.log(`smoke: task "${task.title}" completed; both sites answer`)

async function ready(base) {
  const deadline = Date.now() + 120_000
  for (;;) {
    const answer = await fetch(`${base}/ready`).catch(() => null)
    if (answer?.ok) return
    assert(Date.now() < deadline, `${base}/ready did not answer within two minutes`)
    await sleep(250)
  }
}

async function page(base) {
  const answer = await fetch(base, { headers: { accept: 'text/html' } })
  assert.equal(answer.status, 200, `${base} shows no page`)
  const policy = answer.headers.get('content-security-policy') ?? ''
  assert.match(policy, /script-src/, `${base} has no content policy`)
  assert.doesNotMatch(policy, /unsafe-eval/)
}

async function refuse(base, email) {
  const { status } = await send(base, 'POST', '/api/session', { email, password })
  assert.equal(status, 401, `${email} must not enter ${base}`)
}

async function signIn(base, email) {
  const { status, headers, body } = await send(base, 'POST', '/api/session', { email, password })
  assert.equal(status, 201, `${email} cannot sign in: ${JSON.stringify(body)}`)
  const cookie = headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return {
    get: async (path) => {
      const answer = await send(base, 'GET', path, undefined, cookie)
      assert.equal(answer.status, 200, `GET ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body
    },
    post: (path, data) => send(base, 'POST', path, data, cookie),
  }
}

/** Which tasks are open depends on the packs: the first one whose form is satisfied with what it proposes. */
async function completeOneTask(session) {
  const refusals = []
  for (const tab of ['mine', 'group']) {
    const { items } = await session.get(`/api/tasks?status=open&tab=${tab}&size=50`)
    for (const { id } of items) {
      const { outcomes, data } = await session.get(`/api/tasks/${id}`)
      const outcome = outcomes.find(({ kind, reason }) => kind === 'primary' && !reason) ?? outcomes[0]
      const { status, body } = await session.post(`/api/tasks/${id}/complete`, {
        outcome: outcome?.key ?? 'complete',
        data,
        password,
        warned: true,
      })
      if (status === 200) {
        assert.equal(body.task.status, 'completed')
        return body.task
      }
      assert.equal(status, 422, `completing ${id}: ${status} ${JSON.stringify(body)}`)
      refusals.push(`${body.code} ${JSON.stringify(body.issues)}`)
    }
  }
  assert.fail(`no task could be completed:\n${refusals.join('\n')}`)
}

async function send(base, method, path, data, cookie) {
  const answer = await fetch(base + path, {
    method,
    headers: {
      accept: 'application/json',
      origin: new URL(base).origin,
      'x-cauce': '1',
      ...(data && { 'content-type': 'application/json' }),
      ...(cookie && { cookie }),
    },
    body: data && JSON.stringify(data),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text && JSON.parse(text) }
}
