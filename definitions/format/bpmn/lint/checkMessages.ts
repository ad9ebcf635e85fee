import type { Finding } from '../../types.ts'
import { waysTo } from '../places.ts'
import type { ModelMessage, ProcessModel } from '../processModel.ts'
import { found } from './found.ts'

/** What a message does when it is sent, and where it lets an ended case begin again. */
export function checkMessages(model: ProcessModel): Finding[] {
  return model.messages.flatMap((message) => [...checkMoments(message), ...checkReopening(model, message)])
}

const checkMoments = (message: ModelMessage): Finding[] =>
  message.effects
    .filter(({ on }) => on !== 'complete')
    .map(({ on }) =>
      found(
        'moment',
        message.id,
        `El momento «${on}» no existe en la acción «${message.label}»`,
        'Quite el momento: una acción solo tiene el de enviarse',
      ),
    )

function checkReopening(model: ProcessModel, message: ModelMessage): Finding[] {
  const { id, label, reopensAt } = message
  if (reopensAt === null) return []
  const node = model.nodes.find((one) => one.id === reopensAt)
  if (!node)
    return [found('unresolved', id, `No existe el paso «${reopensAt}» donde reabre «${label}»`, 'Elija un paso')]
  const findings: Finding[] = []
  if (!waysTo(model, reopensAt))
    findings.push(
      found(
        'reopen',
        id,
        `Un trámite no puede reabrirse en «${node.name || node.id}»`,
        'Elija una tarea o compuerta que no esté en un borde, en una repetición ni donde se juntan varios caminos',
      ),
    )
  if (model.entity === null)
    findings.push(found('reopen', id, `«${label}» reabre un proceso sin registro`, 'Declare la entidad del proceso'))
  if (message.candidates.length === 0)
    findings.push(found('reopen', id, `Nadie puede reabrir con «${label}»`, 'Agregue quién puede enviarlo'))
  const isAwaited = model.nodes.some(
    (one) => one.message === id || one.events.some((event) => event.kind === 'message' && event.ref === id),
  )
  if (isAwaited)
    findings.push(
      found(
        'reopen',
        id,
        `«${label}» reabre trámites terminados y también se espera en uno abierto`,
        'Use dos mensajes',
      ),
    )
  return findings
}
