import type { CompleteAnswer, StartAnswer } from '#engine/contract'
import type { JsonObject } from '#forms'
import {
  correlateMessage,
  findIncidents,
  resolveIncident,
  instancePage,
  instanceView,
  listProcesses,
  processFacts,
  processView,
  sendMessage,
  startProcess,
  type ResolveIncidentInput,
} from '../processes/index.ts'
import { noteRead } from '../records/index.ts'
import {
  claimTask,
  completeTask,
  dropFormDraft,
  findFormDraft,
  findTasks,
  pauseTask,
  releaseTask,
  resumeTask,
  saveFormDraft,
  taskFacts,
  taskPage,
  taskViews,
  type CompleteTaskInput,
} from '../tasks/index.ts'
import type { Handlers } from './Handler.ts'

/** Processes, cases, tasks and what was typed into their forms. */
export const workHandlers: Handlers = {
  listProcesses: ({ ctx }) => listProcesses(ctx),
  getProcess: ({ ctx, param }) => processView(ctx, param('key')),
  processFacts: ({ ctx, param, body }) => processFacts(ctx, { process: param('key'), ...body<{ data: JsonObject }>() }),
  startProcess: async ({ ctx, param, body }): Promise<StartAnswer> => {
    const { instance, opened } = await startProcess(ctx, {
      process: param('key'),
      ...body<{ data: JsonObject; warned?: boolean }>(),
    })
    return { instance: await instanceView(ctx, instance), tasks: await taskViews(ctx, opened) }
  },
  getInstance: ({ ctx, param }) => instancePage(ctx, param('id')),
  sendMessage: async ({ ctx, param, body }): Promise<Pick<CompleteAnswer, 'next'>> => {
    const { data = {}, reason } = body<{ data?: JsonObject; reason?: string }>()
    const { opened } = await sendMessage(ctx, {
      instance: param('id'),
      name: param('name'),
      data,
      ...(reason ? { reason } : {}),
    })
    return { next: (await taskViews(ctx, opened)).filter((task) => task.mine) }
  },
  correlateMessage: async ({ ctx, param, body }): Promise<Pick<CompleteAnswer, 'next'>> => {
    const {
      record,
      data = {},
      reason,
    } = body<{ record: { entity: string; id: string }; data?: JsonObject; reason?: string }>()
    const { opened } = await correlateMessage(ctx, { name: param('name'), record, data, ...(reason ? { reason } : {}) })
    return { next: (await taskViews(ctx, opened)).filter((task) => task.mine) }
  },
  listIncidents: ({ ctx, query, page }) =>
    findIncidents(ctx, { status: query('status') === 'resolved' ? 'resolved' : 'open', ...page() }),
  resolveIncident: ({ ctx, param, body }) =>
    resolveIncident(ctx, { id: param('id'), ...body<Omit<ResolveIncidentInput, 'id'>>() }),
  listTasks: ({ ctx, query, page }) => {
    const tab = query('tab')
    const status = query('status')
    const optional = { record: query('record'), instance: query('instance'), q: query('q') }
    return findTasks(ctx, {
      tab: tab === 'group' || tab === 'following' ? tab : 'mine',
      status: status === 'completed' || status === 'cancelled' ? status : 'open',
      ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
      ...page(),
    })
  },
  getTask: async ({ ctx, param }) => {
    const page = await taskPage(ctx, param('id'))
    // A task shows its record.
    if (page.record) await noteRead(ctx, page.record.entity, page.record.id)
    return page
  },
  taskFacts: ({ ctx, param, body }) => taskFacts(ctx, { task: param('id'), ...body<{ data: JsonObject }>() }),
  claimTask: ({ ctx, param }) => claimTask(ctx, param('id')),
  releaseTask: ({ ctx, param }) => releaseTask(ctx, param('id')),
  pauseTask: ({ ctx, param, body }) =>
    pauseTask(ctx, { task: param('id'), ...body<{ key: string; comment?: string }>() }),
  resumeTask: ({ ctx, param }) => resumeTask(ctx, param('id')),
  completeTask: ({ ctx, param, body }) =>
    completeTask(ctx, { task: param('id'), ...body<Omit<CompleteTaskInput, 'task'>>() }),
  saveDraft: ({ ctx, param, body }) => saveFormDraft(ctx, param('key'), body<{ data: JsonObject }>().data),
  getFormDraft: async ({ ctx, param }) => ({ draft: await findFormDraft(ctx, param('key')) }),
  dropDraft: ({ ctx, param }) => dropFormDraft(ctx, param('key')),
}
