import { expressionIssue } from '../computed/expressionIssue.ts'
import { evaluatorOf, type SettledEvaluator } from '../computed/formContext.ts'
import { isFixed } from '../computed/isFixed.ts'
import { normalizeValue } from '../computed/normalizeValue.ts'
import { settleForm } from '../computed/settleForm.ts'
import type { FormCheck, FormField, FormModel } from '../computed/FormModel.ts'
import type { SettledForm, SettleOptions } from '../computed/SettledForm.ts'
import { typedValue } from '../schema/typedValue.ts'
import { isEmpty, isObject, sameJson, valueAt, writeAt } from '../schema/valueAt.ts'
import type { CompiledValidator, FormEnvironment, FormSchema, Issue, Json, JsonObject } from '../types.ts'
import { checkDecimal, hasBounds } from './checkDecimal.ts'
import { checkTable } from './checkTable.ts'
import { messageFor, pathOf } from './messageFor.ts'

/**
 * Everything a form demands of what a person sent, the same on the server and in the page: settles the values,
 * runs the compiled validator, then what JSON Schema cannot say. Nothing is asked of hidden fields. Values of
 * fields the person may not edit are those of the saved record, whatever was sent.
 *
 * Not checked here, because it takes the store: uniqueness, existence of references and catalogue rows, files.
 * @returns the value to store (to send, when `touched` says that this is a page: cleared proposals are null), and what is wrong, asked or told, in the order of the form
 */
export function checkForm(
  model: FormModel,
  validator: CompiledValidator,
  value: JsonObject,
  env: FormEnvironment,
  options: SettleOptions = {},
): { value: JsonObject; issues: Issue[] } {
  const settled = settleAllowed(model, isObject(value) ? value : {}, env, { ...options, keepHidden: false })
  const at: Place = { model, settled, evaluate: evaluatorOf(model, settled, env) }
  const issues = [
    ...settled.issues,
    // On a page nobody can type them: what an old draft holds there gives way.
    ...(options.touched ? [] : movedIssues(model, value, env)),
    ...validatorIssues(model, validator, settled),
    ...missingIssues(model, settled),
    ...model.fields.flatMap((field) => fieldIssues(at, field)),
    ...model.checks.flatMap((check) => runCheck(at, check, '', '')),
  ]
  const stored = options.touched ? withLeftEmpty(model, settled, options.touched) : settled.stored
  return { value: stored, issues: inFormOrder(model, withoutRepeats(issues)) }
}

/** A proposal the person cleared is sent as null: absent, the server would propose it again. */
function withLeftEmpty(model: FormModel, settled: SettledForm, touched: readonly string[]): JsonObject {
  const value = { ...settled.stored }
  for (const { path, proposal, schema, computed } of model.fields) {
    const isProposed = proposal !== null || schema.default !== undefined
    const isCleared = touched.includes(path) && settled.visible[path] === true && isEmpty(valueAt(value, path))
    if (isProposed && isCleared && !computed && !path.includes('.')) value[path] = null
  }
  return value
}

function settleAllowed(model: FormModel, value: JsonObject, env: FormEnvironment, options: SettleOptions): SettledForm {
  const input = copyOfGroups(value)
  if (env.record !== null) {
    for (const field of model.fields) {
      const saved = valueAt(env.record, field.path)
      if (field.locked || isFixed(field, model, env)) writeAt(input, field.path, saved)
    }
  }
  const settled = settleForm(model, input, env, options)
  const refused = model.fields.filter(
    (field) =>
      field.editableWhen &&
      !field.group &&
      settled.editable[field.path] === false &&
      settled.visible[field.path] === true,
  )
  const changed = refused.filter((field) => {
    const saved = valueAt(env.record ?? {}, field.path)
    return !sameJson(valueAt(input, field.path) ?? null, saved ?? null)
  })
  if (changed.length === 0) return settled
  for (const field of changed) writeAt(input, field.path, valueAt(env.record ?? {}, field.path))
  return settleForm(model, input, env, options)
}

/** What was sent for a field that only a process changes any more: said, because the person meant it. */
function movedIssues(model: FormModel, value: JsonObject, env: FormEnvironment): Issue[] {
  return model.fields.flatMap((field): Issue[] => {
    const { changedBy } = field
    if (!changedBy || !isFixed(field, model, env)) return []
    const saved = normalizeValue(field.schema, valueAt(env.record ?? {}, field.path)) ?? null
    if (sameJson(normalizeValue(field.schema, valueAt(value, field.path)) ?? null, saved)) return []
    const params = { process: changedBy.process }
    return [{ path: field.path, rule: 'fixed', params, message: changedBy.message, level: 'error' }]
  })
}

/** A copy that fields may be written into: groups are copied, lists are not, because no field's path leads into one. */
function copyOfGroups(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [name, isObject(held) ? copyOfGroups(held) : held]),
  )
}

function validatorIssues(model: FormModel, validator: CompiledValidator, settled: SettledForm): Issue[] {
  if (validator(settled.stored)) return []
  return (validator.errors ?? []).flatMap((error): Issue[] => {
    const path = pathOf(error)
    // `if` only says that its `then` failed, which is told as well.
    if (error.keyword === 'if' || isHidden(path, settled) || isGivenBySystem(model, path)) return []
    const params = jsonParams(error.params)
    return [{ path, rule: error.keyword, params, message: messageFor(error, model.schema), level: 'error' }]
  })
}

function isHidden(path: string, settled: SettledForm): boolean {
  const keys = path.split('.')
  return keys.some((_key, index) => settled.visible[keys.slice(0, index + 1).join('.')] === false)
}

/** Codes and states are given after the check. */
function isGivenBySystem(model: FormModel, path: string): boolean {
  const field = model.fields.find((candidate) => candidate.path === path)
  return Boolean(field && (field.schema['x-code'] ?? field.schema['x-state']))
}

function jsonParams(params: Record<string, unknown>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, Json] => typeof entry[1] !== 'function'),
  )
}

/** What `x-required-when` asks, and required lists that are there but empty. */
function missingIssues(model: FormModel, settled: SettledForm): Issue[] {
  return Object.entries(settled.required).flatMap(([path, required]): Issue[] => {
    if (!required || !isEmpty(valueAt(settled.stored, path)) || isGivenBySystem(model, path)) return []
    const keys = path.split('.')
    const params = { missingProperty: keys.pop()! }
    const error = { keyword: 'required', instancePath: keys.map((key) => `/${key}`).join(''), params }
    return [{ path, rule: 'required', params, message: messageFor(error, model.schema), level: 'error' }]
  })
}

/** What the checks of one form share. */
interface Place {
  model: FormModel
  settled: SettledForm
  evaluate: SettledEvaluator
}

function fieldIssues(at: Place, field: FormField): Issue[] {
  const { settled } = at
  if (settled.visible[field.path] === false) return []
  const value = valueAt(settled.stored, field.path)
  return [
    ...checkDecimal(field, field.path, value),
    ...field.checks.flatMap((check) => runCheck(at, check, field.path, field.title)),
    ...(field.rows && Array.isArray(value) ? rowIssues(at, field, value) : []),
  ]
}

function rowIssues(at: Place, list: FormField, rows: Json[]): Issue[] {
  const items = list.schema.items as FormSchema
  const isAsked = list.rows!.fields.some((field) => field.checks.length > 0)
  const fields = list.rows!.fields.filter((field) => field.checks.length > 0 || hasBounds(field))
  if (fields.length === 0) return checkTable(list, rows)
  return [
    ...checkTable(list, rows),
    ...rows.flatMap((row, index) => {
      if (!isObject(row)) return []
      const typed = isAsked ? typedValue(items, row) : null
      return fields.flatMap((field) => {
        const path = `${list.path}.${index}.${field.path}`
        if (at.settled.visible[path] === false) return []
        return [
          ...checkDecimal(field, path, valueAt(row, field.path)),
          ...field.checks.flatMap((check) => runCheck(at, check, path, field.title, { row, typed })),
        ]
      })
    }),
  ]
}

function runCheck(
  at: Place,
  check: FormCheck,
  path: string,
  title: string,
  inRow?: { row: JsonObject; typed: unknown },
): Issue[] {
  const isBlank = (input: string) => {
    const [root, ...rest] = input.split('.')
    return isEmpty(valueAt(root === 'row' ? (inRow?.row ?? {}) : at.settled.value, rest.join('.')))
  }
  // A value that the form does not show is empty here although the record has it: only own fields count.
  const own = check.inputs.filter((input) => input.startsWith('row.') || hasField(at.model, input))
  if (own.some(isBlank)) return []
  try {
    const holds = at.evaluate(check.expression, inRow?.typed)
    if (holds !== false && holds !== true && holds !== null) throw new TypeError('la comprobación no da sí o no')
    if (holds !== false) return []
  } catch (error) {
    return [expressionIssue(path, title || 'el formulario', check.expression.text, error)]
  }
  return [{ path, rule: 'check', params: { check: check.expression.text }, message: check.message, level: check.level }]
}

function hasField(model: FormModel, input: string): boolean {
  const name = input.split('.')[1]
  return name !== undefined && Object.hasOwn(model.schema.properties ?? {}, name)
}

function withoutRepeats(issues: Issue[]): Issue[] {
  const seen = new Set<string>()
  return issues.filter((issue) => {
    const key = `${issue.path} ${issue.rule === 'required' ? 'required' : issue.message}`
    return !seen.has(key) && seen.add(key)
  })
}

/** The first issue is the one the page moves to: top of the form first. */
function inFormOrder(model: FormModel, issues: Issue[]): Issue[] {
  const places = new Map(model.fields.map((field, index) => [field.path, index]))
  const place = (issue: Issue) => {
    const keys = issue.path.split('.')
    for (let length = keys.length; length > 0; length--) {
      const index = places.get(keys.slice(0, length).join('.'))
      if (index !== undefined) return index
    }
    return model.fields.length
  }
  return issues
    .map((issue) => ({ issue, at: place(issue) }))
    .sort((a, b) => a.at - b.at)
    .map(({ issue }) => issue)
}
