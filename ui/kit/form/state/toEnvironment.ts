import type { FactsQuestion, FormEnvironmentView } from '#engine/contract'
import type { FormEnvironment, JsonObject } from '#forms'
import { formFunctions } from './formFunctions.ts'

/** What expressions know, and how to ask for more of it. */
export interface PageEnvironment extends FormEnvironment {
  ask?: FactsQuestion | null
}

/** What expressions know: the server's part as it came, plus the functions, which are code. */
export function toEnvironment(
  view: FormEnvironmentView | null | undefined,
  record: JsonObject | null = null,
): PageEnvironment {
  return {
    record: view?.record ?? record,
    ref: view?.ref ?? {},
    facts: view?.facts ?? {},
    settings: view?.settings ?? {},
    actor: view?.actor ?? { id: null, roles: [], front: null },
    now: view ? new Date(view.now) : new Date(),
    timeZone: view?.timeZone ?? 'America/Lima',
    functions: formFunctions,
    ask: view?.ask ?? null,
  }
}
