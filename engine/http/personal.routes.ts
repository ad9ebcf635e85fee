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
import { sendFile } from './sendFile.ts'

/** The privacy notice, one's own data, and what an administrator does with a person's data on request. */
export const personalHandlers: Handlers = {
  getPrivacyNotice: ({ ctx }) => privacyNotice(ctx),
  acceptPrivacyNotice: ({ ctx, body }) => acceptPrivacyNotice(ctx, body<{ version: string }>().version),
  exportOwnData: async (call) => {
    const format = call.query('format') ?? 'json'
    if (format !== 'json' && format !== 'pdf') throw new CauceError('request.invalid')
    await sendFile(call, await exportOwnData(call.ctx, format))
  },
  requestCorrection: ({ ctx, body }) => requestCorrection(ctx, body<{ text: string }>().text),
  blockPerson: ({ ctx, param, body }) => blockPerson(ctx, param('id'), body<{ reason: string }>().reason),
  unblockPerson: ({ ctx, param, body }) => unblockPerson(ctx, param('id'), body<{ reason: string }>().reason),
  anonymisePerson: ({ ctx, param, body }) => anonymisePerson(ctx, param('id'), body<{ reason: string }>().reason),
}
