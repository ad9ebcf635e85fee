import type { AuditFiltersView, AuditRowView, ListView } from '#engine/contract'
import { can } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import type { Filter } from '../persistence/index.ts'
import { auditFilter, auditFilters, type AuditQuery } from './auditFilter.ts'
import { auditRows } from './auditRows.ts'
import { AUDIT, auditScope } from './auditScope.ts'

/** Exact totals up to here; beyond, "at least": a count never goes through a million rows. */
const COUNT_LIMIT = 10_000
const MAX_PAGE_SIZE = 200

/** What this actor may see of what was asked for, as one filter. Throws 403, 400. */
export async function auditSelection(ctx: Ctx, query: AuditQuery, action = 'read'): Promise<Filter> {
  const scope = await auditScope(ctx, action)
  const filters = await auditFilter(ctx, query)
  return allOf(scope, ...filters)
}

/** One flat filter of several, so that the store sees every part when it chooses its index. */
export function allOf(...filters: Filter[]): Filter {
  const parts = filters.flatMap((filter) => {
    const names = Object.keys(filter)
    return names.length === 1 && Array.isArray(filter.$and)
      ? (filter.$and as Filter[])
      : names.length > 0
        ? [filter]
        : []
  })
  const [only = {}] = parts
  return parts.length > 1 ? { $and: parts } : only
}

/** A page of the audit, newest first. Throws 403 `access.denied`, 400 for a filter that makes no sense. */
export async function findAudit(
  ctx: Ctx,
  query: AuditQuery & { page: number; size: number },
): Promise<ListView<AuditRowView>> {
  const filter = await auditSelection(ctx, query)
  const size = Math.min(Math.max(1, query.size), MAX_PAGE_SIZE)
  // As far as pages are counted, so that no page number makes the store go through all rows.
  const page = Math.min(Math.max(1, query.page), Math.ceil(COUNT_LIMIT / size))
  const [rows, counted] = await Promise.all([
    ctx.db.audit.find(filter, { sort: { at: -1 }, skip: (page - 1) * size, limit: size }),
    ctx.db.audit.count(filter, COUNT_LIMIT + 1),
  ])
  const total = counted > COUNT_LIMIT ? { totalAtLeast: COUNT_LIMIT } : { total: counted }
  return { items: await auditRows(ctx, rows), ...total, page, size }
}

/** What the page of the report offers. Throws 403. */
export async function auditView(ctx: Ctx): Promise<AuditFiltersView> {
  await auditScope(ctx, 'read')
  return { filters: await auditFilters(ctx), may: { export: await can(ctx, AUDIT, 'export') } }
}
