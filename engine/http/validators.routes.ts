import type { Request, Response } from 'express'
import { fieldRights } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import {
  catalogForm,
  entityForm,
  packsOf,
  resolveForm,
  settingsForm,
  settingsOf,
  type ResolvedForm,
} from '../packs/index.ts'
import { correctionForm } from '../records/index.ts'

/**
 * GET /forms/:id/:hash/validator.js — the precompiled validator of a form. The id says how to make the form again, so
 * that any process serves any form; the hash must be that of the schema this user gets.
 */
export async function sendValidator(ctx: Ctx, req: Request, res: Response): Promise<void> {
  const form = await formById(ctx, String(req.params.id))
  if (!form || form.hash !== req.params.hash) throw new CauceError('thing.not-found')
  res.type('text/javascript').setHeader('cache-control', 'private, max-age=31536000, immutable')
  res.send(form.code)
}

async function formById(ctx: Ctx, id: string): Promise<ResolvedForm | null> {
  const match = /^(form|entity|correction|settings|catalog)\.([a-z][a-z0-9-]*)\.(\d+)\.(.+)$/.exec(id)
  if (!match) return null
  const [, kind = '', name = '', number = '', key = ''] = match
  const registry = packsOf(ctx)
  if (!registry.names.includes(name)) return null
  const installed = await registry.version(ctx, name, Number(number)).catch(() => null)
  if (!installed) return null
  const settings = await settingsOf(ctx, installed)
  if (kind === 'form') return resolveForm(installed, key === '-' ? null : key, settings)
  if (kind === 'settings')
    return Object.hasOwn(installed.pack.manifest.settings?.properties ?? {}, key) ? settingsForm(installed, key) : null
  if (kind === 'catalog') return Object.hasOwn(installed.pack.catalogs, key) ? catalogForm(installed, key) : null
  const [entityKey = '', open = ''] = key.split('.')
  const definition = installed.pack.entities[entityKey]
  if (!definition) return null
  const entity = { key: entityKey, definition, installed }
  if (kind === 'correction') return correctionForm(ctx, entity, new Set(open.split('~')))
  const rights = fieldRights(ctx, entity)
  return entityForm(entity, rights.read, rights.edit, settings)
}
