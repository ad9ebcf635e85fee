import type { RequestHandler } from 'express'
import type { JsonObject } from '#forms'
import { CauceError } from '../errors.ts'
import { isPublicForm, publicProcesses, publicProcessView, startPublicly, type Visitor } from '../processes/index.ts'
import type { Call, Handlers } from './Handler.ts'
import { requestContext } from './requestContext.ts'

/** What strangers may ask: the forms that a pack makes public. */
export function publicHandlers(front: 'staff' | 'portal'): Handlers {
  const visitorOf = ({ req }: Call): Visitor => ({ front, ip: req.ip ?? '', userAgent: req.get('user-agent') ?? '' })
  return {
    listPublicProcesses: ({ ctx }) => publicProcesses(ctx, front),
    getPublicProcess: (call) => publicProcessView(call.ctx, call.param('key'), visitorOf(call)),
    startPublicProcess: async (call): Promise<{ received: true }> => {
      const input = call.body<{ data: JsonObject; warned?: boolean }>()
      await startPublicly(call.ctx, { process: call.param('key'), ...input }, visitorOf(call))
      return { received: true }
    },
  }
}

/** The validator of a form is for those with a session; that of a public form for anybody. */
export const demandFormAccess =
  (front: 'staff' | 'portal'): RequestHandler<{ id: string }> =>
  async (req, res, next) => {
    const { ctx } = requestContext(res)
    if (ctx.actor.front === null && !(await isPublicForm(ctx, front, req.params.id)))
      throw new CauceError('session.required')
    next()
  }
