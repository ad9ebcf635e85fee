import { CauceError } from '../errors.ts'
import { findByQr, printLabels } from '../records/index.ts'
import type { Handlers } from './Handler.ts'
import { chosenOf, queryOf } from './listQuery.ts'
import { sendFile } from './sendFile.ts'

export const labelHandlers: Handlers = {
  findByQr: ({ ctx, param }) => findByQr(ctx, param('code')),
  printLabels: async (call) => {
    const layout = call.query('layout') ?? 'sheet'
    if (layout !== 'sheet' && layout !== 'roll') throw new CauceError('request.invalid')
    const { ids } = chosenOf(call)
    const { name, stream } = await printLabels(call.ctx, {
      entity: call.param('entity'),
      ...queryOf(call),
      ...(ids ? { ids } : {}),
      layout,
      skip: Number(call.query('skip') ?? 0),
    })
    await sendFile(call, { name, type: 'application/pdf', content: stream })
  },
}
