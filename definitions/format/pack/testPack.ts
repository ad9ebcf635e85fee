import type { Finding, PackFiles } from '../types.ts'
import type { CheckOptions } from './CheckInput.ts'
import { checkPack } from './checkPack.ts'

/** A small pack without findings, for the tests of the checks: each of them breaks one thing of it. */
const soundPack: Record<string, unknown> = {
  'pack.json': {
    name: 'sound',
    version: '1.0.0',
    title: 'Sound',
    menus: [{ title: 'Loans', items: ['loan'] }],
    settings: {
      type: 'object',
      properties: {
        limits: {
          title: 'Limits',
          type: 'object',
          properties: { days: { title: 'Days', type: 'integer', default: 2 } },
        },
      },
    },
  },
  'roles.json': {
    roles: { clerk: { title: 'Clerk' }, reader: { title: 'Reader', front: 'portal' } },
    groups: { desk: { title: 'Desk', roles: ['clerk'] } },
    can: { loan: { '@desk': 'read create edit', reader: 'read' }, book: { clerk: 'read create edit' } },
    rows: { loan: { reader: 'record.book in actor.books' } },
  },
  'entities/book.json': {
    title: 'Book',
    type: 'object',
    required: ['name'],
    properties: {
      name: { title: 'Name', type: 'string', maxLength: 100 },
      genre: { title: 'Genre', type: 'string', 'x-catalog': 'genres' },
    },
  },
  'entities/loan.json': {
    title: 'Loan',
    type: 'object',
    'x-label': '{code}',
    required: ['book', 'from'],
    properties: {
      code: { title: 'Code', type: 'string', 'x-code': 'L-{year}-{seq:3}' },
      state: { title: 'State', type: 'string', 'x-state': true, enum: ['Asked', 'Lent'] },
      book: { title: 'Book', type: 'string', 'x-ref': 'book' },
      from: { title: 'From', type: 'string', format: 'date' },
      until: {
        title: 'Until',
        type: 'string',
        format: 'date',
        'x-check': [{ check: 'value.until > value.from', message: 'Too early' }],
      },
      bookName: { title: 'Name of the book', type: 'string', 'x-computed': 'ref.book.name' },
    },
    'x-list': { columns: ['code', 'book', 'state'], filters: ['state'] },
  },
  'catalogs/genres.json': {
    title: 'Genres',
    key: 'id',
    columns: { name: { title: 'Name', type: 'string' } },
    rows: [{ id: 'novel', name: 'Novel' }],
  },
  'forms/loan.new.json': { title: 'New loan', entity: 'loan', fields: ['book', 'from', 'until'] },
  'forms/loan.decide.json': {
    title: 'Decide',
    entity: 'loan',
    fields: [{ field: 'book', readOnly: true }],
    properties: { note: { title: 'Note', type: 'string', 'x-required-when': 'facts.outcome = "lend"' } },
    context: ['history'],
  },
  'templates/loan-asked.hbs':
    '---\nentity: loan\nsubject: Loan {{record.code}}\nchannels: mail, notice\n---\n{{ref.book.name}} {{link "See"}}\n',
  'processes/loan.bpmn': `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:wf="urn:cauce:bpmn:1" id="loan.bpmn" targetNamespace="urn:cauce:pack:sound">
  <process id="loan" name="Loan" isExecutable="true" wf:entity="loan" wf:startOn="create" wf:initialState="Asked">
    <startEvent id="asked" name="Asked" wf:form="loan.new">
      <extensionElements><wf:candidate role="clerk" /><wf:notify template="loan-asked" to="group:desk" /></extensionElements>
      <outgoing>toDecide</outgoing>
    </startEvent>
    <userTask id="decide" name="Decide" wf:form="loan.decide" wf:dueDate="business.add(now(), settings.limits.days)">
      <extensionElements><wf:candidate group="desk" /><wf:outcome key="lend" label="Lend" kind="primary" /><wf:setState value="Lent" /></extensionElements>
      <incoming>toDecide</incoming>
      <outgoing>toEnd</outgoing>
    </userTask>
    <endEvent id="done" name="Done"><incoming>toEnd</incoming></endEvent>
    <sequenceFlow id="toDecide" sourceRef="asked" targetRef="decide" />
    <sequenceFlow id="toEnd" sourceRef="decide" targetRef="done" />
  </process>
</definitions>
`,
  'demo/demo.json': {
    users: [{ email: 'clara@x.example', name: 'Clara', roles: ['clerk'], scope: {} }],
    records: { book: [{ $id: '@quijote', name: 'Quijote', genre: 'novel' }] },
  },
  'stories/lent.json': {
    title: 'A book is lent',
    steps: [
      {
        as: 'clara',
        start: 'loan',
        data: { book: '@quijote' },
        save: 'l',
        expect: { tasks: [{ key: 'decide', for: 'clara' }] },
      },
      { as: 'clara', complete: 'decide', outcome: 'lend', of: 'l' },
    ],
  },
}

type Json = Record<string, unknown>

/** Files of the sound pack; `change` gets the parsed content of each path it names and may return another text or value. */
export function packFiles(changes: Record<string, ((content: never) => unknown) | string | null> = {}): PackFiles {
  const files: PackFiles = {}
  for (const path of new Set([...Object.keys(soundPack), ...Object.keys(changes)])) {
    const change = changes[path]
    if (change === null) continue
    const original = structuredClone(soundPack[path])
    const content =
      typeof change === 'function'
        ? ((change as (content: unknown) => unknown)(original) ?? original)
        : (change ?? original)
    files[path] = typeof content === 'string' ? content : JSON.stringify(content)
  }
  return files
}

/** Sets a value deep inside parsed JSON: `set('properties.code.x-code', …)`, with `/` where a name holds a dot. */
export function set(path: string, value: unknown): (content: Json) => void {
  return (content) => {
    const names = path.split(path.includes('/') ? '/' : '.')
    const last = names.pop() ?? ''
    let at: Json = content
    for (const name of names) at = (at[name] ??= {}) as Json
    if (value === undefined) delete at[last]
    else at[last] = value
  }
}

/** The findings of the sound pack after the changes, as `code file at` lines: what a test compares. */
export async function findingsOf(
  changes: Parameters<typeof packFiles>[0] = {},
  options: CheckOptions = {},
): Promise<{ lines: string[]; findings: Finding[] }> {
  const findings = await checkPack(packFiles(changes), options)
  return { findings, lines: findings.map(({ code, file, at }) => `${code} ${file} ${at}`.trim()) }
}
