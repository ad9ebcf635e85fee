import { checkExpression } from '#forms'
import type { Finding } from '../../types.ts'
import type { CheckInput } from '../CheckInput.ts'
import { functionsInReach, scopeOfProcess } from '../expressionScope.ts'
import { errorAt, proposeName, unknownName } from '../finding.ts'

/** pack.json `access`: expressions over Configuración and the person, and roles that exist. */
export function checkAccess(input: CheckInput): Finding[] {
  const { access = {} } = input.pack.manifest
  const { settings = {}, actor = {} } = scopeOfProcess(input, undefined, [])
  const functions = functionsInReach(input)
  const findings = (['secondFactor', 'idleMinutes'] as const).flatMap((word) =>
    checkExpression(access[word] ?? 'null', { settings, actor }, functions ? { functions } : {}).map((finding) => {
      const last = finding.path?.split('.').at(-1) ?? ''
      const cure = finding.known ? proposeName(last, finding.known) : 'Vea la guía de expresiones'
      return errorAt(finding.code, 'pack.json', `/access/${word}`, `«${access[word] ?? ''}»: ${finding.message}`, cure)
    }),
  )
  const roles = Object.keys(input.pack.roles.roles)
  for (const [, role = ''] of (access.passwordNotices ?? '').matchAll(/role:([\w-]+)/g)) {
    if (roles.includes(role)) continue
    findings.push(unknownName('pack.json', '/access/passwordNotices', 'el rol', role, roles))
  }
  return findings
}
