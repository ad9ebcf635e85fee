import { findingsOf, packFiles, set } from './testPack.ts'
import { checkPack } from './checkPack.ts'

type Changes = Parameters<typeof findingsOf>[0]
const loan = (path: string, value: unknown): Changes => ({ 'entities/loan.json': set(path, value) })
const story = (value: unknown): Changes => ({ 'stories/lent.json': set('steps.0', value) })
const bpmn = (from: string | RegExp, to: string): Changes => ({
  'processes/loan.bpmn': (xml: string) => xml.replace(from, to),
})
const template = (text: string): Changes => ({
  'templates/loan-asked.hbs': `---\nentity: loan\nsubject: Loan\n---\n${text}`,
})

describe('the sound pack', () => {
  it('has no findings', async () => {
    expect((await findingsOf()).findings).toEqual([])
  })
})

/** The sound pack with a report: this one, but for what is said. */
const report = (more: Record<string, unknown> = {}): Changes => ({
  'entities/loan.json': (loan: { properties: Record<string, unknown> }) => {
    Object.assign(loan.properties, {
      currency: { title: 'Currency', type: 'string', enum: ['PEN'] },
      fee: { title: 'Fee', type: 'string', 'x-money': 'currency' },
      days: { title: 'Days', type: 'integer' },
      odd: { title: 'Odd', type: 'string', 'x-money': { currency: 'value.currency' } },
      secret: { title: 'Secret', type: 'string', 'x-personal': 'sensitive' },
      left: { title: 'Left', type: 'integer', 'x-computed': { value: '1', on: ['read'] } },
    })
  },
  'views/loans.json': JSON.stringify({
    ...{ kind: 'report', title: 'Loans by book', entity: 'loan', roles: ['clerk', '@desk'] },
    ...{ where: 'record.state = "Lent"', group: ['book', { field: 'from', by: 'month', descending: true }] },
    measures: ['count', { title: 'Fees', sum: 'fee', times: 'days' }, { title: 'Last', max: 'until' }],
    ...{ columns: ['code', 'fee'], filters: ['state'], sort: '-code' },
    ...more,
  }),
})

describe('a report', () => {
  it('has no findings where it names what there is', async () => {
    expect((await findingsOf(report())).findings).toEqual([])
  })
})

/** What is broken, the change that breaks it, the finding that must come of it. */
const cases: [string, Changes, string][] = [
  // shapes
  [
    'a mistyped annotation',
    loan('properties.from.x-visibel-when', 'true'),
    'unknown-key entities/loan.json /properties/from/x-visibel-when',
  ],
  [
    'a word that is not built yet',
    loan('properties.from.x-encrypted', true),
    'not-built entities/loan.json /properties/from/x-encrypted',
  ],
  ['a reserved word', loan('properties.from.x-ledger', {}), 'not-built entities/loan.json /properties/from/x-ledger'],
  ['a wrong type', loan('required', 'book'), 'shape entities/loan.json /required'],
  [
    'a heading key of a template',
    { 'templates/loan-asked.hbs': '---\nsubjet: x\nsubject: x\n---\n' },
    'unknown-key templates/loan-asked.hbs /subjet',
  ],
  ['broken JSON', { 'forms/loan.new.json': '{' }, 'json forms/loan.new.json'],
  ['a file that belongs nowhere', { 'notes.json': '{}' }, 'unknown-file notes.json'],
  ['a folder that is not built yet', { 'migrations/2.json': '{}' }, 'not-built migrations/2.json'],
  ['a view of a kind that is not built yet', report({ kind: 'board' }), 'shape views/loans.json /kind'],
  ['a word of reports that is not built yet', report({ chart: 'bar' }), 'not-built views/loans.json /chart'],
  ['a group too deep', report({ group: ['book', 'from', 'until', 'state'] }), 'shape views/loans.json /group'],
  // reports
  ['the entity of a report', report({ entity: 'lone' }), 'unresolved views/loans.json /entity'],
  ['a role of a report', report({ roles: ['clark'] }), 'unresolved views/loans.json /roles/0'],
  ['a group of a report', report({ group: ['bok'] }), 'unresolved views/loans.json /group/0'],
  ['a group by an amount', report({ group: ['fee'] }), 'report views/loans.json /group/0'],
  ['a group by what is not stored', report({ group: ['left'] }), 'report views/loans.json /group/0'],
  [
    'months of what is no day',
    report({ group: [{ field: 'book', by: 'month' }] }),
    'report views/loans.json /group/0/by',
  ],
  ['a report that shows nothing', report({ measures: undefined, columns: undefined }), 'report views/loans.json'],
  ['a measure of nothing', report({ measures: [{ title: 'Fees' }] }), 'report views/loans.json /measures/0'],
  [
    'a measure of two things',
    report({ measures: [{ title: 'Fees', sum: 'fee', avg: 'fee' }] }),
    'report views/loans.json /measures/0',
  ],
  ['a sum of texts', report({ measures: [{ title: 'X', sum: 'code' }] }), 'report views/loans.json /measures/0/sum'],
  ['a sum of days', report({ measures: [{ title: 'X', sum: 'from' }] }), 'report views/loans.json /measures/0/sum'],
  [
    'amounts whose currency cannot be told apart',
    report({ measures: [{ title: 'X', sum: 'odd' }] }),
    'report views/loans.json /measures/0/sum',
  ],
  [
    'money times money',
    report({ measures: [{ title: 'X', sum: 'fee', times: 'fee' }] }),
    'report views/loans.json /measures/0/times',
  ],
  ['a column of a report', report({ columns: ['cod'] }), 'unresolved views/loans.json /columns/0'],
  ['a sensitive column', report({ columns: ['secret'] }), 'report views/loans.json /columns/0'],
  ['a filter that the list has not', report({ filters: ['book'] }), 'unresolved views/loans.json /filters/0'],
  ['an order that the list has not', report({ sort: '-book' }), 'unresolved views/loans.json /sort'],
  ['a rule of a report', report({ where: 'record.stat = "Lent"' }), 'feel-name views/loans.json /where'],
  ['a rule that is no query', report({ where: 'count(record.x) > 1' }), 'row-grammar views/loans.json /where'],
  ['a word of the machinery', report({ title: 'Instancias' }), 'text views/loans.json /title'],
  // unresolved
  ['an entity', loan('properties.book.x-ref', 'bok'), 'unresolved entities/loan.json /properties/book/x-ref'],
  ['a required field', loan('required', ['book', 'fron']), 'unresolved entities/loan.json /required/1'],
  ['a column of a list', loan('x-list.columns', ['cod']), 'unresolved entities/loan.json /x-list/columns/0'],
  ['a field of a label', loan('x-label', '{name}'), 'unresolved entities/loan.json /x-label'],
  [
    'a setting',
    loan('properties.from.maxLength', { setting: 'limits.x' }),
    'unresolved entities/loan.json /properties/from/maxLength',
  ],
  [
    'a catalogue',
    { 'entities/book.json': set('properties.genre.x-catalog', 'kinds') },
    'unresolved entities/book.json /properties/genre/x-catalog',
  ],
  [
    'a unique address that differs by case only',
    {
      'entities/book.json': set('properties.mail', {
        title: 'Mail',
        type: 'string',
        format: 'email',
        'x-unique': true,
      }),
    },
    'unique-shape entities/book.json /properties/mail',
  ],
  [
    'a space of different kinds',
    {
      'entities/book.json': set('properties.tag', { title: 'Tag', type: 'string', 'x-unique': { space: 'tags' } }),
      ...loan('properties.tag', { title: 'Tag', type: 'integer', 'x-unique': { space: 'tags' } }),
    },
    'unique-shape entities/loan.json /properties/tag',
  ],
  [
    'a condition of uniqueness over a field that does not exist',
    {
      'entities/book.json': set('properties.tag', {
        ...{ title: 'Tag', type: 'string' },
        'x-unique': { where: 'record.kind = "x"' },
      }),
    },
    'feel-name entities/book.json /properties/tag/x-unique/where',
  ],
  [
    'what closes a correction',
    loan('properties.from.x-fixed', { unless: 'record.lent = true' }),
    'feel-name entities/loan.json /properties/from/x-fixed/unless',
  ],
  // facts
  [
    'a fact that says two things',
    loan('x-facts.n', { count: 'loan', exists: 'loan' }),
    'fact entities/loan.json /x-facts/n',
  ],
  [
    'a fact that says nothing',
    loan('x-facts.n', { where: 'option.book = value.book' }),
    'fact entities/loan.json /x-facts/n',
  ],
  ['a fact of an entity', loan('x-facts.n', { count: 'lone' }), 'unresolved entities/loan.json /x-facts/n/count'],
  ['a sum without its field', loan('x-facts.n', { sum: 'loan' }), 'fact entities/loan.json /x-facts/n/sum'],
  [
    'a sum of texts',
    loan('x-facts.n', { sum: { entity: 'book', field: 'name' } }),
    'fact entities/loan.json /x-facts/n/sum',
  ],
  [
    'a count of a field',
    loan('x-facts.n', { count: { entity: 'book', field: 'name' } }),
    'fact entities/loan.json /x-facts/n/count',
  ],
  [
    'the field of a fact',
    loan('x-facts.n', { latest: { entity: 'loan', field: 'form' } }),
    'unresolved entities/loan.json /x-facts/n/latest',
  ],
  [
    'what is in force of what never is',
    loan('x-facts.n', { inForce: 'book' }),
    'fact entities/loan.json /x-facts/n/inForce',
  ],
  [
    'the day of a count',
    loan('x-facts.n', { count: 'book', at: 'value.from' }),
    'fact entities/loan.json /x-facts/n/at',
  ],
  [
    'fields of a number',
    loan('x-facts.n', { count: 'book', fields: ['name'] }),
    'fact entities/loan.json /x-facts/n/fields',
  ],
  [
    'a field of the row of a fact',
    loan('x-facts.n', { latest: 'book', fields: ['nam'] }),
    'unresolved entities/loan.json /x-facts/n/fields/0',
  ],
  [
    'what the rule of a fact reads of the record',
    loan('x-facts.n', { count: 'loan', where: 'option.book = value.bok' }),
    'unresolved entities/loan.json /x-facts/n/where',
  ],
  [
    'the day on which something is in force',
    {
      ...loan('x-facts.n', { inForce: 'book', at: 'value.bookName' }),
      'entities/book.json': (content: never) => {
        set('x-effective', { from: 'since' })(content)
        set('properties.since', { title: 'Since', type: 'string', format: 'date' })(content)
        set('required', ['name', 'since'])(content)
      },
    },
    'feel-type entities/loan.json /x-facts/n/at',
  ],
  // timelines
  ['the day of a timeline', loan('x-effective', { from: 'form' }), 'unresolved entities/loan.json /x-effective/from'],
  ['a timeline of texts', loan('x-effective', { from: 'book' }), 'effective entities/loan.json /x-effective/from'],
  [
    'a timeline that may lack its day',
    loan('x-effective', { from: 'until' }),
    'effective entities/loan.json /x-effective/from',
  ],
  [
    'what a timeline is of',
    loan('x-effective', { from: 'from', by: ['bok'] }),
    'unresolved entities/loan.json /x-effective/by/0',
  ],
  [
    'the state of a timeline',
    loan('x-effective', { from: 'from', state: { field: 'book', scheduled: 'a', active: 'b', inactive: 'c' } }),
    'effective entities/loan.json /x-effective/state/field',
  ],
  [
    'a name of a state of a timeline',
    loan('x-effective', {
      from: 'from',
      state: { field: 'state', scheduled: 'Asked', active: 'Lend', inactive: 'Lent' },
    }),
    'effective entities/loan.json /x-effective/state/active',
  ],
  [
    'a timeline that calls off what has no name then',
    loan('x-effective', {
      ...{ from: 'from', state: { field: 'state', scheduled: 'Asked', active: 'Lent', inactive: 'Lent' } },
      cancel: { title: 'Call off', confirm: 'Sure?' },
    }),
    'effective entities/loan.json /x-effective/state',
  ],
  // asking for records, and looking them up
  [
    'the process that asks for a record',
    loan('properties.book.x-ref', { entity: 'book', request: 'lone' }),
    'unresolved entities/loan.json /properties/book/x-ref/request',
  ],
  [
    'the process that asks for a record, with what it begins with',
    loan('properties.book.x-ref', { entity: 'book', request: { process: 'lone' } }),
    'unresolved entities/loan.json /properties/book/x-ref/request/process',
  ],
  [
    'the field for what was typed',
    loan('properties.book.x-ref', { entity: 'book', request: { process: 'loan', name: 'title' } }),
    'unresolved entities/loan.json /properties/book/x-ref/request/name',
  ],
  [
    'a field that a request sets',
    loan('properties.book.x-ref', { entity: 'book', request: { process: 'loan', set: { kind: 'x' } } }),
    'unresolved entities/loan.json /properties/book/x-ref/request/set/kind',
  ],
  [
    'where data are looked up',
    loan('properties.bookName.x-lookup', { from: 'bok', fill: ['code'], title: 'There' }),
    'unresolved entities/loan.json /properties/bookName/x-lookup/from',
  ],
  [
    'one of the places where data are looked up',
    loan('properties.bookName.x-lookup', [{ from: 'bok', fill: ['code'], title: 'There' }]),
    'unresolved entities/loan.json /properties/bookName/x-lookup/from',
  ],
  [
    'a field that only one side has',
    { 'entities/book.json': set('properties.name.x-lookup', { from: 'loan', fill: ['genre'], title: 'There' }) },
    'lookup entities/book.json /properties/name/x-lookup',
  ],
  [
    'copying what holds something else there',
    {
      'entities/book.json': set('properties.until', { title: 'Until', type: 'string' }),
      ...loan('properties.until.x-lookup', { from: 'book', fill: ['until'], title: 'There' }),
    },
    'lookup entities/loan.json /properties/until/x-lookup',
  ],
  [
    'copying a reference',
    {
      'entities/book.json': set('properties.book', { title: 'Of', type: 'string', 'x-ref': 'book' }),
      ...loan('properties.book.x-lookup', { from: 'book', fill: ['book'], title: 'There' }),
    },
    'lookup entities/loan.json /properties/book/x-lookup',
  ],
  ['deletion for good', loan('x-delete', 'hard'), 'shape entities/loan.json /x-delete'],
  [
    'what a related record begins with',
    {
      'entities/book.json': set('x-related', {
        loans: { title: 'Loans', entity: 'loan', by: 'book', set: { kid: 1 } },
      }),
    },
    'unresolved entities/book.json /x-related/loans/set/kid',
  ],
  [
    'what a related record takes over',
    {
      'entities/book.json': set('x-related', {
        loans: { title: 'Loans', entity: 'loan', by: 'book', copy: { bookName: ['name', 'nme'] } },
      }),
    },
    'unresolved entities/book.json /x-related/loans/copy/bookName',
  ],
  [
    'a list whose rows are copied',
    {
      'entities/book.json': set('x-related', {
        loans: {
          title: 'L',
          entity: 'loan',
          by: 'book',
          rows: { title: 'Copy', from: 'branches', copy: { days: 'days' } },
        },
      }),
    },
    'unresolved entities/book.json /x-related/loans/rows/from',
  ],
  [
    'from when on a field is fixed',
    loan('properties.from.x-fixed', { by: 'loan', message: 'Moved', when: 'record.lent = true' }),
    'feel-name entities/loan.json /properties/from/x-fixed/when',
  ],
  [
    'the process that changes a fixed field',
    loan('properties.from.x-fixed', { by: 'lean', message: 'Moved' }),
    'unresolved entities/loan.json /properties/from/x-fixed/by',
  ],
  [
    'a process that leaves no record about what it changes',
    loan('properties.from.x-fixed', { by: 'loan', message: 'Moved' }),
    'fixed entities/loan.json /properties/from/x-fixed/by',
  ],
  [
    'a column that a process should change',
    loan('properties.notes', {
      ...{ title: 'Notes', type: 'array' },
      items: {
        type: 'object',
        properties: { text: { title: 'Text', type: 'string', 'x-fixed': { by: 'loan', message: 'Moved' } } },
      },
    }),
    'fixed entities/loan.json /properties/notes/items/properties/text/x-fixed/by',
  ],
  [
    'protected rows without columns that tell them apart',
    loan('properties.notes', {
      ...{ title: 'Notes', type: 'array', 'x-table': { removeWhen: 'row.text = null' } },
      items: { type: 'object', properties: { text: { title: 'Text', type: 'string' } } },
    }),
    'unique-shape entities/loan.json /properties/notes',
  ],
  ['a field of a form', { 'forms/loan.new.json': set('fields', ['bok']) }, 'unresolved forms/loan.new.json /fields/0'],
  ['a panel', { 'forms/loan.decide.json': set('context', ['mails']) }, 'unresolved forms/loan.decide.json /context/0'],
  [
    'a QR code that two records may have',
    loan('properties.tag', { title: 'Tag', type: 'string', 'x-qr': true }),
    'qr entities/loan.json /properties/tag/x-qr',
  ],
  [
    'a QR field that takes no generated codes',
    loan('properties.tag', { title: 'Tag', type: 'string', maxLength: 5, 'x-unique': true, 'x-qr': true }),
    'qr entities/loan.json /properties/tag/x-qr',
  ],
  [
    'a field of a QR label',
    loan('properties.tag', { title: 'Tag', type: 'string', 'x-unique': true, 'x-qr': { label: '{cod}' } }),
    'unresolved entities/loan.json /properties/tag/x-qr/label',
  ],
  ['the icon of a menu', { 'pack.json': set('menus.0.icon', 'buks') }, 'unresolved pack.json /menus/0/icon'],
  ['a menu entry', { 'pack.json': set('menus.0.items', ['loans']) }, 'unresolved pack.json /menus/0/items/0'],
  ['a thing of the matrix', { 'roles.json': set('can.lean', { clerk: 'read' }) }, 'unresolved roles.json /can/lean'],
  ['a role of the matrix', { 'roles.json': set('can.loan.clark', 'read') }, 'unresolved roles.json /can/loan/clark'],
  ['an action', { 'roles.json': set('can.book.clerk', 'read create edti') }, 'unresolved roles.json /can/book/clerk'],
  ['a form of a task', bpmn('loan.decide"', 'loan.decyde"'), 'unresolved processes/loan.bpmn decide'],
  [
    'a template of a notice',
    bpmn('template="loan-asked"', 'template="loan-askt"'),
    'unresolved processes/loan.bpmn asked',
  ],
  [
    'a group of candidates',
    bpmn('candidate group="desk"', 'candidate group="dest"'),
    'unresolved processes/loan.bpmn decide',
  ],
  ['a state', bpmn('setState value="Lent"', 'setState value="Given"'), 'unresolved processes/loan.bpmn loan'],
  [
    'a fixed rule about nothing',
    { 'roles.json': set('fixed', [{ thing: 'loan', action: 'lendd', only: ['clerk'], because: 'X' }]) },
    'unresolved roles.json /fixed/0/action',
  ],
  [
    'a matrix that contradicts a fixed rule',
    { 'roles.json': set('fixed', [{ thing: 'loan', action: 'create', only: ['reader'], because: 'X' }]) },
    'matrix roles.json /can/loan/@desk',
  ],
  [
    'separated steps of two things',
    { 'roles.json': set('separate', [{ first: 'loan.create', then: 'book.edit', because: 'X' }]) },
    'matrix roles.json /separate/0/then',
  ],
  [
    'a separated step that does not exist',
    { 'roles.json': set('separate', [{ first: 'loan.create', then: 'loan.approve', because: 'X' }]) },
    'unresolved roles.json /separate/0/then',
  ],
  [
    'an account without e-mail',
    { 'entities/book.json': set('x-account', { email: 'name', roles: ['clerk'] }) },
    'account entities/book.json /x-account/email',
  ],
  [
    'an account with a field that is no list of roles',
    { 'entities/book.json': set('x-account', { email: 'name', roles: 'genre' }) },
    'account entities/book.json /x-account/roles',
  ],
  [
    'an account with a role that does not exist',
    { 'entities/book.json': set('x-account', { email: 'name', roles: ['clark'] }) },
    'unresolved entities/book.json /x-account/roles/0',
  ],
  [
    'an account whose rule is no row rule',
    {
      'entities/book.json': set('x-account', { email: 'name', roles: ['clerk'], activeWhen: 'count(record.name) > 1' }),
    },
    'row-grammar entities/book.json /x-account/activeWhen',
  ],
  [
    'a scope that refers to nothing',
    { 'entities/book.json': set('x-account', { email: 'name', roles: ['clerk'], scope: { books: 'genre' } }) },
    'account entities/book.json /x-account/scope/books',
  ],
  ['a demo role', { 'demo/demo.json': set('users.0.roles', ['clark']) }, 'demo demo /users/0/roles/0'],
  ['a demo field', { 'demo/demo.json': set('records.book.0.nam', 'x') }, 'demo demo /records/book/0/nam'],
  [
    'a catalogue row of demo data',
    { 'demo/demo.json': set('records.book.0.genre', 'poem') },
    'demo demo /records/book/0/genre',
  ],
  // expressions and rules
  [
    'an expression',
    loan('properties.until.x-visible-when', 'value.from ='),
    'feel-syntax entities/loan.json /properties/until/x-visible-when',
  ],
  [
    'a name in an expression',
    loan('properties.until.x-visible-when', 'value.fron = null'),
    'feel-name entities/loan.json /properties/until/x-visible-when',
  ],
  [
    'a field behind a reference',
    loan('properties.bookName.x-computed', 'ref.book.nam'),
    'feel-name entities/loan.json /properties/bookName/x-computed',
  ],
  [
    'the person who acts, in a computed value',
    loan('properties.bookName.x-computed', 'actor.id'),
    'feel-name entities/loan.json /properties/bookName/x-computed',
  ],
  [
    'a rule of the audit about two kinds of records',
    { 'roles.json': set('rows.audit', { reader: 'record.loan.from != null and record.book.title != null' }) },
    'row-grammar roles.json /rows/audit/reader',
  ],
  [
    'a rule of the audit over a field that does not exist',
    { 'roles.json': set('rows.audit', { reader: 'record.loan.fron != null' }) },
    'feel-name roles.json /rows/audit/reader',
  ],
  [
    'a rule outside the row grammar',
    { 'roles.json': set('rows.loan.reader', 'count(record.book) > 1') },
    'row-grammar roles.json /rows/loan/reader',
  ],
  [
    'a field of a rule',
    { 'roles.json': set('rows.loan.reader', 'record.bok in actor.books') },
    'feel-name roles.json /rows/loan/reader',
  ],
  // the others

  [
    'a number with inexact decimals',
    loan('properties.from', { title: 'x', type: 'number' }),
    'number-type entities/loan.json /properties/from',
  ],
  [
    'money without a currency',
    loan('properties.cost', { title: 'x', type: 'string', 'x-money': 'coin' }),
    'money-currency entities/loan.json /properties/cost/x-money',
  ],
  [
    'a bound on a text',
    loan('properties.cost', { title: 'x', type: 'string', minimum: 1 }),
    'bound-on-string entities/loan.json /properties/cost',
  ],
  [
    'two codes',
    loan('properties.other', { title: 'x', type: 'string', 'x-code': 'X-{seq:2}' }),
    'code-pattern entities/loan.json /properties/other',
  ],
  [
    'a code of a field that may be empty',
    loan('properties.code.x-code', '{until}-{seq:2}'),
    'code-pattern entities/loan.json /properties/code/x-code',
  ],
  [
    'a code that reads two ways',
    loan('properties.code.x-code', '{book}{seq:2}'),
    'code-pattern entities/loan.json /properties/code/x-code',
  ],
  [
    'a code given at a state nobody sets',
    loan('properties.code.x-code', { pattern: 'L-{seq:2}', at: 'Back' }),
    'code-gap entities/loan.json /properties/code/x-code/at',
  ],
  [
    'two states',
    loan('properties.other', { title: 'x', type: 'string', 'x-state': true, enum: ['a'] }),
    'state entities/loan.json /properties/other',
  ],
  [
    'a state no process reaches',
    loan('properties.state.enum', ['Asked', 'Lent', 'Lost']),
    'state entities/loan.json /properties/state',
  ],
  [
    'a state that a form edits',
    { 'forms/loan.new.json': set('fields', ['state']) },
    'state forms/loan.new.json /fields/0',
  ],
  [
    'a required field that may be hidden',
    loan('properties.from.x-visible-when', 'value.book != null'),
    'hidden-required entities/loan.json /properties/from',
  ],
  [
    'a required field that nobody fills',
    loan('properties.from.readOnly', true),
    'never-editable entities/loan.json /properties/from',
  ],
  [
    'a slow pattern',
    loan('properties.other', { title: 'x', type: 'string', maxLength: 9, pattern: '^(a+)+$' }),
    'pattern-risk entities/loan.json /properties/other/pattern',
  ],
  [
    'a pattern without limit',
    loan('properties.other', { title: 'x', type: 'string', pattern: '^a+$' }),
    'pattern-risk entities/loan.json /properties/other/pattern',
  ],
  ['something nobody may read', { 'roles.json': set('can.book', undefined) }, 'matrix roles.json /can/book'],
  [
    'a task for somebody who cannot see the record',
    bpmn('candidate group="desk"', 'candidate role="guest"'),
    'matrix processes/loan.bpmn decide',
  ],
  [
    'a catalogue row without key',
    { 'catalogs/genres.json': set('rows', [{ name: 'x' }]) },
    'catalog catalogs/genres.json /rows/0',
  ],
  [
    'a detail of a catalogue',
    { 'catalogs/genres.json': set('detail', 'shelf') },
    'unresolved catalogs/genres.json /detail',
  ],
  [
    'a key twice',
    { 'catalogs/genres.json': set('rows', [{ id: 'novel' }, { id: 'novel' }]) },
    'catalog catalogs/genres.json /rows/1',
  ],
  ['a template path', template('{{record.cod}}'), 'template templates/loan-asked.hbs body'],
  ['a template name', template('{{customer.name}}'), 'template templates/loan-asked.hbs body'],
  ['a template helper', template('{{upper record.code}}'), 'template templates/loan-asked.hbs body'],
  ['a number where a helper should be', template('{{12 record.code}}'), 'template templates/loan-asked.hbs body'],
  ['unescaped output', template('{{{record.code}}}'), 'template templates/loan-asked.hbs body'],
  ['unreadable Handlebars', template('{{#if record.code}}'), 'template templates/loan-asked.hbs body'],
  ['a story by nobody', story({ as: 'carlo', start: 'loan' }), 'story stories/lent.json /steps/0/as'],
  [
    'a story that completes no task',
    story({ as: 'clara', complete: 'decyde' }),
    'story stories/lent.json /steps/0/complete',
  ],
  ['a story step that does nothing', story({ as: 'clara' }), 'story stories/lent.json /steps/0'],
  [
    'a story outcome',
    { 'stories/lent.json': set('steps.1.outcome', 'keep') },
    'story stories/lent.json /steps/1/outcome',
  ],
  ['a field without a title', loan('properties.from.title', undefined), 'text entities/loan.json /properties/from'],
  [
    'a word of the machinery',
    loan('properties.from.description', 'Fecha de la instancia'),
    'text entities/loan.json /properties/from/description',
  ],
  ['unreadable XML', { 'processes/loan.bpmn': '<definitions' }, 'bpmn-xml processes/loan.bpmn'],
  ['an unknown wf attribute', bpmn('wf:dueDate', 'wf:dueDat'), 'unknown-key processes/loan.bpmn'],
  [
    'a public form that searches the records',
    bpmn('wf:form="loan.new"', 'wf:form="loan.new" wf:publicForm="loan.new"'),
    'public-form processes/loan.bpmn asked',
  ],
  [
    'a public form without limits',
    {
      ...bpmn('wf:form="loan.new"', 'wf:form="loan.new" wf:publicForm="loan.ask"'),
      'forms/loan.ask.json':
        '{"title": "Ask", "fields": ["why"], "properties": {"why": {"title": "Why", "type": "string"}}}',
    },
    'public-form processes/loan.bpmn asked',
  ],
  [
    'a public form that does not exist',
    bpmn('wf:form="loan.new"', 'wf:form="loan.new" wf:publicForm="loan.ask"'),
    'unresolved processes/loan.bpmn asked',
  ],
  [
    'a site that does not exist',
    {
      ...bpmn('wf:form="loan.new"', 'wf:form="loan.new" wf:publicForm="loan.ask" wf:publicFront="street"'),
      'forms/loan.ask.json':
        '{"title": "Ask", "fields": ["why"], "properties": {"why": {"title": "Why", "type": "boolean"}}}',
    },
    'public-form processes/loan.bpmn asked',
  ],
  [
    'a step that nobody else must have done',
    bpmn('<wf:candidate group="desk" />', '<wf:candidate group="desk" /><wf:notSameAs task="asked asking" />'),
    'unresolved processes/loan.bpmn decide',
  ],
  [
    'what a menu counts',
    { 'pack.json': set('menus.0.count', 'record.from = ') },
    'row-grammar pack.json /menus/0/count',
  ],
  [
    'an action of an entity that does not exist',
    { 'pack.json': set('actions', { ask: { title: 'Ask', does: 'x.ask', entity: 'lona' } }) },
    'unresolved pack.json /actions/ask/entity',
  ],
  [
    'an action of a record that the clock should call',
    {
      'pack.json': set('actions', {
        ask: { title: 'Ask', does: 'x.ask', entity: 'loan', on: 'record', daily: '08:00' },
      }),
    },
    'action pack.json /actions/ask/daily',
  ],
  [
    'an action in a tab that does not exist',
    { 'pack.json': set('actions', { ask: { title: 'Ask', does: 'x.ask', entity: 'loan', tab: 'lone' } }) },
    'unresolved pack.json /actions/ask/tab',
  ],
  [
    'an action shown where no rule says so',
    {
      'pack.json': set('actions', {
        ask: { title: 'Ask', does: 'x.ask', entity: 'loan', on: 'record', when: 'record.from = ' },
      }),
    },
    'row-grammar pack.json /actions/ask/when',
  ],
  [
    'a process named otherwise than its file',
    bpmn('process id="loan"', 'process id="lend"'),
    'bpmn-process processes/loan.bpmn lend',
  ],
]

describe('every check finds what it is for', () => {
  it.each(cases)('%s', async (_name, changes, line) => {
    const { lines } = await findingsOf({ ...guest, ...changes })
    expect(lines).toContain(line)
  })

  it('nothing wrong with a public form of a few short answers', async () => {
    const { lines } = await findingsOf({
      ...bpmn(
        'wf:form="loan.new"',
        'wf:form="loan.new" wf:publicForm="loan.ask" wf:publicWhen="settings.limits.days = 5"',
      ),
      'forms/loan.ask.json':
        '{"title": "Ask", "fields": ["why"], "properties": {"why": {"title": "Why", "type": "string", "maxLength": 200}}}',
    })
    expect(lines).toEqual([])
  })

  it('values computed in a circle', async () => {
    const { lines } = await findingsOf({
      'entities/loan.json': (entity: { properties: Record<string, Record<string, unknown>> }) => {
        entity.properties.from!['x-default'] = 'value.until'
        entity.properties.until!['x-default'] = 'value.from'
      },
    })
    expect(lines).toContain('cycle entities/loan.json /properties/from')
  })

  it('functions of plugins that the pack does not name', async () => {
    const plugins = { tax: { functions: ['rate'], services: [] } }
    const changes = loan('properties.bookName.x-computed', 'tax.rate(ref.book.name)')
    expect((await findingsOf(changes, { plugins })).lines).toContain(
      'feel-name entities/loan.json /properties/bookName/x-computed',
    )
    const named = { ...changes, 'pack.json': set('plugins', ['tax']) }
    expect((await findingsOf(named, { plugins })).lines).toEqual([])
    expect((await findingsOf({ 'pack.json': set('plugins', ['tacks']) }, { plugins })).lines).toEqual([
      'unresolved pack.json /plugins/0',
    ])
  })
})

/** A role that may see nothing, for the check of the matrix; it changes nothing for the others. */
const guest: Changes = {
  'roles.json': (roles: { roles: Record<string, unknown> }) => void (roles.roles.guest = { title: 'Guest' }),
}

describe('findings', () => {
  it('propose the nearest known name', async () => {
    const { findings } = await findingsOf(loan('properties.book.x-ref', 'bok'))
    expect(findings.find(({ code }) => code === 'unresolved')).toMatchObject({
      cure: '¿Quiso decir «book»?',
      severity: 'error',
    })
  })

  it('name what is not available yet', async () => {
    const { findings } = await findingsOf(loan('properties.from.x-encrypted', true))
    expect(findings).toMatchObject([{ message: '«x-encrypted» todavía no está disponible' }])
  })

  it('of a broken file do not hide those of the others', async () => {
    const { lines } = await findingsOf({
      'entities/book.json': '[]',
      'entities/loan.json': set('properties.book.x-ref', 'bok'),
    })
    expect(lines).toEqual(
      expect.arrayContaining(['json entities/book.json', 'unresolved entities/loan.json /properties/book/x-ref']),
    )
  })
})

describe('a pack of nonsense', () => {
  const nonsense: unknown[] = [
    null,
    0,
    '',
    [],
    {},
    [[]],
    { properties: null },
    { properties: { a: null } },
    { properties: { a: [] } },
  ]

  it('never makes the checks throw', async () => {
    for (const path of Object.keys(packFiles())) {
      for (const value of nonsense) {
        await expect(checkPack(packFiles({ [path]: JSON.stringify(value) }))).resolves.toBeInstanceOf(Array)
      }
    }
    await expect(checkPack({})).resolves.toHaveLength(2)
  })

  it('with any value anywhere in a file never makes the checks throw', async () => {
    for (const [path, text] of Object.entries(packFiles())) {
      if (!path.endsWith('.json')) continue
      for (const broken of withEachValueReplaced(JSON.parse(text))) {
        await expect(checkPack(packFiles({ [path]: JSON.stringify(broken) }))).resolves.toBeInstanceOf(Array)
      }
    }
  })
})

/** Copies of a JSON value, each with one value in it replaced by one of another type. */
function* withEachValueReplaced(value: unknown): Generator {
  yield 7
  yield 'x'
  if (value === null || typeof value !== 'object') return
  for (const key of Object.keys(value)) {
    for (const inner of withEachValueReplaced((value as Record<string, unknown>)[key])) {
      yield Array.isArray(value)
        ? value.map((item, index) => (String(index) === key ? inner : item))
        : { ...value, [key]: inner }
    }
  }
}
