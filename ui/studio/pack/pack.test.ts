import { packModel } from './packModel.ts'
import { packTree } from './packTree.ts'
import { textsOfTemplate, writeTemplate } from './templateText.ts'

const files = {
  'pack.json': JSON.stringify({
    name: 'toy',
    version: '1.0.0',
    title: 'Toy',
    settings: {
      properties: { terms: { title: 'Terms', properties: { review: { title: 'Review', type: 'integer' } } } },
    },
  }),
  'roles.json': JSON.stringify({
    roles: { buyer: { title: 'Buyer' } },
    groups: { office: { title: 'Office', roles: ['buyer'] } },
    can: {},
  }),
  'entities/request.json': JSON.stringify({
    title: 'Request',
    properties: {
      status: { title: 'Status', oneOf: [{ const: 'open', title: 'Open' }], 'x-state': true },
      company: { title: 'Company', type: 'string', 'x-ref': { entity: 'company' } },
    },
  }),
  'entities/broken.json': '{ "title": ',
  'forms/request.review.json': JSON.stringify({ entity: 'request', fields: ['company'] }),
  'templates/received.hbs': '---\nsubject: Received {{record.code}}\nchannels: mail\n---\nHello\n',
  'processes/request.bpmn': '<definitions/>',
}

describe('what the studio reads of a pack', () => {
  it('finds states, references, roles, groups, settings and templates', () => {
    const model = packModel(files)
    expect(model.entities.request).toMatchObject({ stateField: 'status', states: [{ value: 'open', label: 'Open' }] })
    expect(model.entities.request?.fields[1]).toMatchObject({ key: 'company', reference: 'company' })
    expect(model.roles).toEqual([{ value: 'buyer', label: 'Buyer' }])
    expect(model.groups).toEqual([{ value: 'office', label: 'Office' }])
    expect(model.settings).toMatchObject([{ value: 'terms.review', label: 'Terms · Review' }])
    expect(model.templates).toEqual([{ value: 'received', label: 'Received {{record.code}}' }])
    expect(model.forms['request.review']?.title).toBe('request.review')
    expect(model.processes).toEqual(['request'])
  })

  it('leaves out a file that cannot be read and keeps the rest', () => {
    expect(packModel(files).entities.broken).toBeUndefined()
    expect(packModel({ 'roles.json': 'x' }).roles).toEqual([])
  })

  it('reads the head of a template and writes it back, also one without a head', () => {
    const text = '---\nsubject: A: b\nchannels: mail\n---\nHello\n'
    expect(textsOfTemplate(text)).toEqual({
      head: { subject: 'A: b', channels: 'mail' },
      subject: 'A: b',
      body: 'Hello\n',
    })
    expect(writeTemplate(textsOfTemplate(text))).toBe(text)
    expect(textsOfTemplate('Body').body).toBe('Body')
  })

  it('orders the tree by what analysts open first and marks what changed', () => {
    const tree = packTree(
      Object.keys({ ...files, 'demo/a.json': '' }).map((path) => ({ path, title: path })),
      new Set(['processes/request.bpmn']),
      new Set(['processes/request.bpmn', 'forms/request.review.json']),
    )
    expect(tree.map((group) => group.kind)).toEqual([
      'processes',
      'forms',
      'entities',
      'roles',
      'templates',
      'pack',
      'other',
    ])
    expect(tree[0]?.files[0]).toMatchObject({ changed: true, isNew: false })
    expect(tree[1]?.files[0]).toMatchObject({ changed: true, isNew: true })
  })
})
