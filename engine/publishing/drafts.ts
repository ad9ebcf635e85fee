import type { DraftView, FindingView } from '#engine/contract'
import type { Finding, PackFiles } from '#definitions'
import { checkPack } from '#definitions/pack'
import { demand } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { filesOf, installPack, packsOf } from '../packs/index.ts'
import type { PackDraftDoc } from '../persistence/index.ts'
import { writeAudit } from '../audit/writeAudit.ts'

/** The thing of the permission matrix that editing definitions asks for. */
export const STUDIO = 'studio'

const PATH =
  /^(?:pack\.json|roles\.json|(?:entities|processes|forms|views|templates|catalogs|seeds|stories|demo|texts|migrations|decisions)\/[\p{L}\p{N}._-]+)$/u

async function demandPack(ctx: Ctx, pack: string): Promise<void> {
  await demand(ctx, STUDIO, 'edit')
  if (!packsOf(ctx).names.includes(pack)) throw new CauceError('thing.not-found')
}

/** The draft of a pack; an empty one on the version in force when nobody has begun. */
export async function getDraft(ctx: Ctx, pack: string): Promise<DraftView> {
  await demandPack(ctx, pack)
  const draft = await ctx.db.packDrafts.get(draftId(ctx, pack))
  if (draft) return draftView(ctx, pack, draft)
  const current = await packsOf(ctx).current(ctx, pack)
  return {
    id: draftId(ctx, pack),
    pack,
    base: current.number,
    files: {},
    revision: 0,
    updatedAt: ctx.clock.now().toISOString(),
    updatedBy: '',
  }
}

export interface SaveDraftFileInput {
  pack: string
  path: string
  text: string
  /** Revision of the draft that was seen; 0 for a new draft. */
  revision: number | null
}

/** Changes one file of the draft. 428 without revision, 412 `draft.stale` with who when the draft moved. */
export async function saveDraftFile(ctx: Ctx, input: SaveDraftFileInput): Promise<DraftView> {
  await demandPack(ctx, input.pack)
  if (!PATH.test(input.path)) throw new CauceError('request.invalid')
  if (input.revision === null) throw new CauceError('record.revision-required')
  const id = draftId(ctx, input.pack)
  const current = await packsOf(ctx).current(ctx, input.pack)
  const existing = await ctx.db.packDrafts.get(id)
  if ((existing?.revision ?? 0) !== input.revision) throw await stale(ctx, existing)
  const now = ctx.clock.now()
  const others = (existing?.files ?? []).filter((file) => file.path !== input.path)
  const same = current.pack.files[input.path] === input.text
  const draft: PackDraftDoc = {
    _id: id,
    base: existing?.base ?? current.number,
    files: same ? others : [...others, { path: input.path, text: input.text }],
    revision: input.revision + 1,
    updatedAt: now,
    updatedBy: ctx.actor.id ?? '',
  }
  if (existing) {
    const { _id, ...fields } = draft
    const matched = await ctx.db.packDrafts.updateOne({ _id, revision: existing.revision }, { $set: fields })
    if (matched === 0) throw await stale(ctx, await ctx.db.packDrafts.get(id))
  } else {
    await ctx.db.packDrafts.insert(draft)
  }
  return draftView(ctx, input.pack, draft)
}

export async function discardDraft(ctx: Ctx, pack: string): Promise<void> {
  await demandPack(ctx, pack)
  await ctx.transaction(async (db) => {
    await db.packDrafts.deleteOne({ _id: draftId(ctx, pack) })
    await writeAudit(ctx, db, { action: 'draft.discarded', thing: pack })
  })
}

/** Findings about the draft as it would be published. */
export async function checkDraft(ctx: Ctx, pack: string): Promise<FindingView[]> {
  await demandPack(ctx, pack)
  return (await checkPack(await draftFiles(ctx, pack))).map(findingView)
}

/**
 * Installs the draft as the next version: cases begun from now on run it, open ones finish on theirs. 422
 * `pack.invalid` with the findings refuses and changes nothing; 412 when another version was installed meanwhile.
 */
export async function publishDraft(
  ctx: Ctx,
  pack: string,
  note: string | null,
): Promise<{ number: number; version: string; findings: FindingView[] }> {
  await demandPack(ctx, pack)
  await demand(ctx, STUDIO, 'publish')
  const draft = await ctx.db.packDrafts.get(draftId(ctx, pack))
  const files = await draftFiles(ctx, pack)
  const result = await installPack(ctx, {
    files,
    origin: 'studio',
    note,
    ...(draft ? { expectedNumber: draft.base } : {}),
  })
  await ctx.db.packDrafts.deleteOne({ _id: draftId(ctx, pack) })
  return { number: result.number, version: result.version, findings: result.findings.map(findingView) }
}

async function draftFiles(ctx: Ctx, pack: string): Promise<PackFiles> {
  const draft = await ctx.db.packDrafts.get(draftId(ctx, pack))
  const number = draft?.base ?? (await packsOf(ctx).current(ctx, pack)).number
  const base = await ctx.db.packVersions.findOne({ pack, number })
  if (!base) throw new CauceError('thing.not-found')
  return { ...filesOf(base), ...Object.fromEntries((draft?.files ?? []).map((file) => [file.path, file.text])) }
}

async function stale(ctx: Ctx, draft: PackDraftDoc | null): Promise<CauceError> {
  const user = draft ? await ctx.db.users.get(draft.updatedBy) : null
  return new CauceError('draft.stale', { who: user?.name ?? 'otra persona' })
}

async function draftView(ctx: Ctx, pack: string, draft: PackDraftDoc): Promise<DraftView> {
  const user = await ctx.db.users.get(draft.updatedBy)
  return {
    id: draft._id,
    pack,
    base: draft.base,
    files: Object.fromEntries(draft.files.map((file) => [file.path, file.text])),
    revision: draft.revision,
    updatedAt: draft.updatedAt.toISOString(),
    updatedBy: user?.name ?? '',
  }
}

const draftId = (ctx: Ctx, pack: string): string => `${ctx.tenant}:${pack}`
const findingView = (finding: Finding): FindingView => ({ ...finding, cure: finding.cure ?? null })
