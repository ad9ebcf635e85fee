import { randomUUID } from 'node:crypto'
import type { JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import { packsOf, processOf } from '../packs/index.ts'
import { isDuplicateKey, type InstanceDoc } from '../persistence/index.ts'
import { computeStep } from './computeStep.ts'
import { commitStep } from './commitStep.ts'
import { definitionOf } from './runStep.ts'
import { observeStep } from './observeStep.ts'

export interface CalledInput {
  parent: InstanceDoc
  executionId: string
  call: { process: string; binding: 'pinned' | 'latest'; record: unknown; input: JsonObject }
}

/**
 * Starts the process that a call activity names: `pinned` in the version of the caller, `latest` in the one in force.
 * Starting the same call again does nothing. Throws when the process does not exist or its first step fails.
 */
export async function startCalled(ctx: Ctx, input: CalledInput): Promise<void> {
  const { parent, executionId, call } = input
  const existing = await ctx.db.instances.findOne({ 'parent.instance': parent._id, 'parent.executionId': executionId })
  if (existing) return
  const id = randomUUID()
  await observeStep(ctx, { process: call.process, instance: id, event: 'start' }, () => startNew(ctx, id, input))
}

async function startNew(ctx: Ctx, id: string, { parent, executionId, call }: CalledInput): Promise<void> {
  const installed =
    call.binding === 'latest'
      ? await processOf(ctx, call.process)
      : await packsOf(ctx).version(ctx, parent.pack.name, parent.pack.number)
  const definition = definitionOf(installed, call.process)
  const { entity } = definition.process
  const record = entity !== null && typeof call.record === 'string' ? { entity, id: call.record } : null
  const stored = record ? await ctx.db.records(record.entity).get(record.id) : null
  if (record && !stored) throw new Error(`record ${record.entity} ${record.id} does not exist`)
  const now = ctx.clock.now()
  const instance: InstanceDoc = {
    _id: id,
    process: call.process,
    pack: { name: installed.name, number: installed.number },
    definitionHash: definition.hash,
    status: 'running',
    record,
    revision: 0,
    ...(parent.order === undefined ? {} : { order: parent.order }),
    state: null,
    vars: {},
    waits: [],
    parent: { instance: parent._id, executionId },
    startedBy: parent.startedBy,
    startedAt: now,
    endedAt: null,
  }
  const result = await computeStep(ctx, ctx.db, {
    installed,
    definition,
    instance: null,
    event: { type: 'start', form: call.input },
    record: record ? { ...record, data: stored?.data ?? {} } : null,
    vars: {},
    at: now,
  })
  if (result.status === 'failed')
    throw new Error(`${call.process}: ${result.error?.message ?? 'the first step failed'}`)
  try {
    await ctx.transaction(async (db) => {
      // The caller was cancelled while we computed: nobody waits for this any more.
      const caller = await db.instances.get(parent._id)
      if (!caller?.waits.some((wait) => wait.executionId === executionId)) return
      await commitStep(ctx, db, {
        installed,
        definition,
        instance,
        isNew: true,
        record: record ? { ...record, stored } : null,
        formChanges: {},
        form: call.input,
        result,
        completed: null,
        message: null,
      })
    })
  } catch (error) {
    // Another process of ours started it at the same instant.
    if (!isDuplicateKey(error)) throw error
  }
}
