import { pipeline } from 'node:stream/promises'
import { CauceError } from '../errors.ts'
import {
  acceptPrivacyNotice,
  anonymisePerson,
  blockPerson,
  exportOwnData,
  privacyNotice,
  requestCorrection,
  unblockPerson,
} from '../personal/index.ts'
import type { Handlers } from './Handler.ts'

/** The privacy notice, one's own data, and what an administrator does with a person's data on request. */
export const personalHandlers: Handlers = {
  getPrivacyNotice: ({ ctx }) => privacyNotice(ctx),
  acceptPrivacyNotice: ({ ctx, body }) => acceptPrivacyNotice(ctx, body<{ version: string }>().version),
  exportOwnData: async ({ ctx, query, res }) => {
    const format = query('format') ?? 'json'
    if (format !== 'json' && format !== 'pdf') throw new CauceError('request.invalid')
    const { name, type, content } = await exportOwnData(ctx, format)
    res.setHeader('content-type', type)
    res.setHeader('content-disposition', `attachment; filename="${name}"`)
    res.setHeader('cache-control', 'private, no-store')
    if (typeof content === 'string') res.send(content)
    else await pipeline(content, res)
  },
  requestCorrection: ({ ctx, body }) => requestCorrection(ctx, body<{ text: string }>().text),
  blockPerson: ({ ctx, param, body }) => blockPerson(ctx, param('id'), body<{ reason: string }>().reason),
  unblockPerson: ({ ctx, param, body }) => unblockPerson(ctx, param('id'), body<{ reason: string }>().reason),
  anonymisePerson: ({ ctx, param, body }) => anonymisePerson(ctx, param('id'), body<{ reason: string }>().reason),
}
