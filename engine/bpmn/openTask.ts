import type { ModelNode } from '#definitions'
import type { Json, JsonObject } from '#forms'
import { applyEffects } from './applyEffects.ts'
import type { ElementsActivity, ElementsMessage, MessageContent } from './elements.ts'
import { dayOrInstant, isRelativeToDue, relativeToDue, type Evaluate } from './moments.ts'
import { plainWait } from './plainWait.ts'
import { runInlineService } from './runInlineService.ts'
import type { Parked, StepHost } from './stepHost.ts'
import { taskTitle } from './taskTitle.ts'
import type { Candidate } from './types.ts'

/**
 * What happens when a token arrives at a node that waits or works: a user task, receive task or call activity
 * becomes an open wait, a durable service a job, an inline service is done at once.
 *
 * The node is finished by calling `done` directly, now or in a later step. (Stock `execution.signal()` goes through
 * the process's message queue and so hides errors, escalations and compensation thrown behind the task.)
 * When the activity was recovered from a saved state it is only parked again: its wait or job exists already.
 */
export function openTask(
  host: StepHost,
  activity: ElementsActivity,
  message: ElementsMessage,
  done: Parked['finish'],
): void {
  const node = host.nodeOf(activity)
  const { content } = message
  // Known from our own state: the library marks also the next iterations of a recovered loop as recovered.
  const recovered = host.isKnown(content.executionId)
  const rootId = content.isRootScope ? content.executionId : (content.parent?.executionId ?? content.executionId)
  const context = host.contextOf(activity, content, content.message?.token ?? null)
  const park = (kind: Parked['kind'], messageRef: string | null = null): void =>
    host.park(content.executionId, { kind, node, activity, content, rootId, message: messageRef, finish: done })

  if (node.type === 'UserTask') {
    park('task')
    if (!recovered) openUserTask(host, node, content, context)
  } else if (node.type === 'ReceiveTask') {
    park('receive', node.message)
    if (!recovered) host.waits.set(content.executionId, plainWait(node, content, 'receive', node.message))
  } else if (node.type === 'CallActivity') {
    park('call')
    if (!recovered) openCall(host, node, content, context)
  } else if (node.service?.mode === 'inline') {
    finishService(
      host,
      { kind: 'job', node, activity, content, rootId, message: null, finish: done },
      runInlineService(host, node, context),
    )
  } else {
    park('job')
    if (!recovered) requestJob(host, node, content, context)
  }
}

/** Writes a service's or called process's result to where its `wf:output`s say, and moves on. */
export function finishService(host: StepHost, parked: Parked, result: Json): void {
  const { node, activity, content, rootId } = parked
  const token = host.tokens.derive(content.message?.token ?? null, { result })
  host.decide(rootId, token)
  const context = host.contextOf(activity, content, token)
  for (const output of node.outputs)
    host.facts.assign(output.target, host.evaluate(output.source, context, node.id), node.id)
  applyEffects(host, node, ['complete'], context)
  parked.finish(null, result)
}

function openUserTask(
  host: StepHost,
  node: ModelNode,
  content: MessageContent,
  context: Record<string, unknown>,
): void {
  const { executionId } = content
  const evaluate: Evaluate = (text, names) => host.evaluate(text, { ...context, ...names }, node.id)
  const due = node.dueDate === null ? null : evaluate(node.dueDate, {})
  if (due !== null && typeof due !== 'string')
    host.fail('expression', node.id, `El vencimiento «${node.dueDate}» no da una fecha`)
  const dueAt = due === null ? null : dayOrInstant(due, evaluate, node.id)
  const assignee = node.assignee === null ? null : evaluate(node.assignee, {})
  if (assignee !== null && typeof assignee !== 'string')
    host.fail('expression', node.id, `El responsable «${node.assignee}» no da una cuenta`)
  host.waits.set(executionId, {
    ...plainWait(node, content, 'task', null),
    assignee,
    dueAt: dueAt?.toISOString() ?? null,
    title: node.title === null ? node.name || node.id : taskTitle(node.title, (text) => evaluate(text, {})),
    candidates: candidatesOf(node).flatMap((candidate) => resolveCandidate(candidate, evaluate)),
  })
  if (dueAt === null) return
  for (const effect of node.effects)
    if (effect.kind === 'notify' && isRelativeToDue(effect.on))
      host.effects.push({
        type: 'schedule-notify',
        node: node.id,
        executionId,
        on: effect.on,
        template: effect.template,
        to: effect.to,
        at: relativeToDue(effect.on, dueAt, evaluate, node.id),
        every: effect.every,
      })
  for (const escalation of node.escalations)
    host.effects.push({
      type: 'escalate',
      node: node.id,
      executionId,
      at: relativeToDue(escalation.on, dueAt, evaluate, node.id),
      candidate: escalation.role !== null ? { role: escalation.role } : { group: escalation.group ?? '' },
    })
}

/** A task without candidates of its own takes the role of its lane. */
export function candidatesOf(node: ModelNode): Candidate[] {
  if (node.candidates.length || node.laneRole === null) return node.candidates
  return [{ role: node.laneRole }]
}

/** `user` and `party` become ids; a list gives one candidate per entry, nothing gives none. */
function resolveCandidate(candidate: Candidate, evaluate: Evaluate): Candidate[] {
  const { user, party, ...rest } = candidate
  if (user !== undefined) return idsIn(evaluate(user, {})).map((id) => ({ ...rest, user: id }))
  if (party !== undefined) return idsIn(evaluate(party, {})).map((id) => ({ ...rest, party: id, entityField: party }))
  return [candidate]
}

function idsIn(value: Json): string[] {
  const values = Array.isArray(value) ? value : [value]
  return values.filter((entry): entry is string => typeof entry === 'string' && entry !== '')
}

function openCall(host: StepHost, node: ModelNode, content: MessageContent, context: Record<string, unknown>): void {
  const call = node.call!
  host.waits.set(content.executionId, {
    ...plainWait(node, content, 'call', null),
    call: {
      process: call.process,
      binding: call.binding,
      record: call.record === null ? null : host.evaluate(call.record, context, node.id),
      input: inputsOf(host, node, context),
    },
  })
}

function requestJob(host: StepHost, node: ModelNode, content: MessageContent, context: Record<string, unknown>): void {
  const service = node.service!
  host.jobs.push({
    executionId: content.executionId,
    node: node.id,
    service: service.name ?? 'decide',
    input: inputsOf(host, node, context),
    retries: service.retries,
    backoff: service.backoff,
    timeout: service.timeout,
    decision: service.decision,
  })
}

export function inputsOf(host: StepHost, node: ModelNode, context: Record<string, unknown>): JsonObject {
  return Object.fromEntries(node.inputs.map((input) => [input.name, host.evaluate(input.source, context, node.id)]))
}
