import { pathOf, refusal } from './request.ts'

describe('the one fetch', () => {
  it('fills the path of a route and leaves empty questions out', () => {
    expect(pathOf('getRecord', { entity: 'a b', id: '1' })).toBe('/api/records/a%20b/1')
    expect(pathOf('listTasks', {}, { tab: 'mine', q: '', page: 2, record: undefined })).toBe(
      '/api/tasks?tab=mine&page=2',
    )
    expect(() => pathOf('getRecord', { entity: 'a' })).toThrow('id')
  })
  it('reads our errors, and makes one of what is not ours', async () => {
    const ours = new Response(JSON.stringify({ code: 'task.closed', message: 'Ya fue atendida.', requestId: 'r1' }), {
      status: 409,
    })
    await expect(refusal(ours)).resolves.toMatchObject({ code: 'task.closed', status: 409, requestId: 'r1' })
    await expect(refusal(new Response('<html>', { status: 502 }))).resolves.toMatchObject({
      code: 'internal',
      status: 502,
    })
    await expect(refusal(new Response('', { status: 503 }))).resolves.toMatchObject({ code: 'store.unavailable' })
  })
})
