import type { Finding } from '../../types.ts'
import type { BpmnElement } from '../element.ts'
import { parseBpmn } from '../parseBpmn.ts'
import { readProcess } from '../readProcess.ts'
import { bpmnlintRules } from './bpmnlintRules.ts'
import { checkBreaking } from './checkBreaking.ts'
import { checkConstructs, theProcess } from './checkConstructs.ts'
import { checkFlow } from './checkFlow.ts'
import { checkLabels } from './checkLabels.ts'
import { checkMessages } from './checkMessages.ts'
import { checkNames } from './checkNames.ts'
import { checkOutcomes } from './checkOutcomes.ts'
import { checkProcessExpressions } from './checkProcessExpressions.ts'
import { checkTasks } from './checkTasks.ts'
import { checkTimers } from './checkTimers.ts'
import type { LintContext } from './LintContext.ts'

/**
 * All rules of a process: what blocks publishing (`error`) and what deserves a second look (`warn`). `at` is the id of
 * the BPMN element, so that the studio can mark it. The same in the studio, in `npm run definitions` and at publishing.
 * Never throws.
 */
export async function lintProcess(xml: string, context: LintContext = {}): Promise<Finding[]> {
  const reading = await parseBpmn(xml)
  if ('findings' in reading) return inFile(reading.findings, context)
  return lintDefinitions(reading.parsed.rootElement, context)
}

/** The same for definitions that are parsed already, such as those on the studio's canvas. */
export function lintDefinitions(definitions: BpmnElement, context: LintContext = {}): Finding[] {
  const process = theProcess(definitions)
  if ('severity' in process) return inFile([process as Finding], context)
  const model = readProcess(definitions, process)
  const findings = [
    ...checkConstructs(model),
    ...bpmnlintRules(definitions),
    ...checkFlow(model),
    ...checkTimers(model),
    ...checkTasks(model, context),
    ...checkOutcomes(model),
    ...checkMessages(model),
    ...checkNames(model, context),
    ...checkProcessExpressions(model, context),
    ...(context.previous ? checkBreaking(model, context.previous, context.mappedNodes ?? {}) : []),
    ...checkLabels(model),
  ]
  return inFile(distinct(findings), context)
}

/** Two rules may see the same fault; the more precise one, listed first, stays. */
function distinct(findings: Finding[]): Finding[] {
  const seen = new Set<string>()
  return findings.filter((finding) => {
    const key = `${finding.code} ${finding.at} ${finding.code === 'not-supported' || finding.code === 'start-event' ? '' : finding.message}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

const inFile = (findings: Finding[], { file }: LintContext): Finding[] =>
  file === undefined ? findings : findings.map((finding) => ({ ...finding, file }))
