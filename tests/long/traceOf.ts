import type { Db, Document } from 'mongodb'

/** Reminders belong to the clock, not to the walk. */
const REMINDERS = ['tarea-por-vencer', 'tarea-vencida']

/**
 * All that a walk left in the database, without what differs between two walks of the same story: ids, instants and the
 * record's own code. Two walks are the same when their traces are equal.
 */
export async function traceOf(db: Db, { entity, id }: { entity: string; id: string }): Promise<unknown> {
  const ofRecord = { 'record.entity': entity, 'record.id': id }
  const all = (name: string, filter: Document, sort: Document = {}): Promise<Document[]> =>
    db.collection(name).find(filter).sort(sort).toArray()
  const [record] = await all(`records_${entity}`, { _id: id })
  const instances = await all('instances', ofRecord)
  const ofInstance = { instance: { $in: instances.map((instance) => instance._id) } }
  const outbox = new Map((await all('outbox', ofRecord)).map((row) => [String(row._id), row] as const))
  const isReminder = (row: Document | undefined): boolean => REMINDERS.includes(row?.payload?.template)
  const history = await all('history', ofRecord, { sequence: 1 })
  const trace = {
    record: { data: record?.data, label: record?.label },
    documents: (await all('records_documento', { 'data.contrato': id }, { createdAt: 1 })).map(({ data }) => data),
    observations: (await all('records_observacion', { 'data.contrato': id }, { createdAt: 1 }))
      .map(({ data }) => data)
      .sort(byText),
    history: history
      .filter((row) => !isReminder(outbox.get(row.outbox)))
      .map((row) => [row.kind, row.text, row.actorName, row.changes.map(({ field }: Document) => field)]),
    mails: [...outbox.values()]
      .filter((row) => !isReminder(row))
      .map((row) => [row.kind, row.payload.to, row.payload.subject, row.status])
      .sort(byText),
    tasks: (await all('tasks', ofInstance))
      .map((task) => [task.node, task.status, task.outcome, task.title, task.recordLabel])
      .sort(byText),
    visits: (await all('visits', ofInstance, { sequence: 1 })).flatMap((step) => step.path as string[]),
    audit: (await all('audit', { instance: { $in: instances.map((instance) => instance._id) } }))
      .filter((row) => !isReminder(outbox.get(row.details?.mail)))
      .map((row) => `${row.actorName} ${row.action}`)
      .sort(),
    instances: instances.map(({ status, revision, waits, state, vars }) => ({
      status,
      revision,
      waits,
      hasState: state !== null,
      vars: Object.keys(vars).sort(),
    })),
    timers: (await all('timers', ofInstance)).length,
    incidents: (await all('incidents', ofInstance)).map(({ code, message }) => [code, message]),
  }
  const code = String(record?.data?.codigo)
  return JSON.parse(
    JSON.stringify(trace)
      .replaceAll(code, 'CODE')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{24}\b/g, 'ID')
      .replaceAll(/"\d{4}-\d\d-\d\d(T[\d:.]+Z)?"/g, '"DATE"')
      .replaceAll(/\d\d\/\d\d\/\d{4}( \d\d:\d\d)?/g, 'DATE'),
  )
}

const byText = (left: unknown, right: unknown): number => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1)
