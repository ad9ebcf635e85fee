import type { Finding } from '../../types.ts'
import { isIsoTimer } from '../expressionsOf.ts'
import type { ProcessModel } from '../processModel.ts'
import { found, label } from './found.ts'

const duration = /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/
const positive = /[1-9]/

/** Times that cannot be read: timers, and how long services are tried. */
export function checkTimers(model: ProcessModel): Finding[] {
  const findings: Finding[] = []
  for (const node of model.nodes) {
    for (const { timer } of node.events) {
      if (timer?.catchUp && !['once', 'all', 'skip'].includes(timer.catchUp))
        findings.push(
          found(
            'timer',
            node.id,
            `Lo que ${label(node)} hace con lo atrasado («${timer.catchUp}») no se entiende`,
            'Use once, all o skip',
          ),
        )
      if (timer?.catchUp === 'skip' && !/^R\d*\/P/.test(timer.text))
        findings.push(
          found(
            'timer',
            node.id,
            `${label(node)} no se repite cada cierto tiempo: no puede saltar las veces perdidas`,
            'Use skip solo con una repetición como R/P1D',
          ),
        )
      if (!timer?.text || !isIsoTimer(timer.text) || isMoment(timer.text)) continue
      findings.push(
        found(
          'timer',
          node.id,
          `«${timer.text}» de ${label(node)} no es un plazo ni una fecha`,
          'Use, por ejemplo, P3D, PT4H, R3/PT1H o 2026-12-31',
        ),
      )
    }
    for (const effect of node.effects)
      if (
        effect.kind === 'notify' &&
        effect.every !== null &&
        !/^[1-9]\d*bd$/.test(effect.every) &&
        !isDuration(effect.every)
      )
        findings.push(
          found(
            'timer',
            node.id,
            `«${effect.every}», cada cuánto avisa ${label(node)}, no es un plazo`,
            'Use, por ejemplo, P1D o 1bd',
          ),
        )
    if (!node.service) continue
    for (const [name, text] of Object.entries({
      'la pausa entre intentos': node.service.backoff,
      'la espera máxima': node.service.timeout,
    }))
      if (!isDuration(text))
        findings.push(
          found(
            'timer',
            node.id,
            `«${text}», ${name} de ${label(node)}, no es un plazo`,
            'Use, por ejemplo, PT30S o PT1M',
          ),
        )
    if (!Number.isInteger(node.service.retries) || node.service.retries < 0 || node.service.retries > 100)
      findings.push(
        found('retries', node.id, `Los reintentos de ${label(node)} deben ser entre 0 y 100`, 'Corrija el número'),
      )
  }
  return findings
}

/** An amount of time above zero; months and years do not mix with days and hours (they differ in length). */
function isDuration(text: string): boolean {
  if (!duration.test(text) || !positive.test(text)) return false
  const [date = '', time = ''] = text.slice(1).split('T')
  return !/[YM]/.test(date) || (!/[WD]/.test(date) && time === '')
}

function isMoment(text: string): boolean {
  const repeated = /^R(\d*)\/(.+)$/.exec(text)
  if (repeated) return repeated[1] !== '0' && isDuration(repeated[2]!)
  if (text.startsWith('P')) return isDuration(text)
  return !Number.isNaN(Date.parse(text)) && sameDay(text)
}

/** `2026-02-31` parses in some engines as March. */
function sameDay(text: string): boolean {
  const day = text.slice(0, 10)
  return new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) === day
}
