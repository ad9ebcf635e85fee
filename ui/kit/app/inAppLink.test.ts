import { inAppLink } from './inAppLink.ts'

describe('links of notices', () => {
  it.each([
    ['/tareas/1', '/tareas/1'],
    ['http://here.pe/registros/a/1?x=1#y', '/registros/a/1?x=1#y'],
    ['https://elsewhere.pe/x', null],
    ['javascript:alert(1)', null],
    ['//elsewhere.pe/x', null],
  ])('%s → %s', (link, expected) => {
    expect(inAppLink(link, 'http://here.pe')).toBe(expected)
  })
})
