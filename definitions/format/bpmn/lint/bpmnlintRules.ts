import testRule from 'bpmnlint/lib/test-rule.js'
import conditionalFlows from 'bpmnlint/rules/conditional-flows.js'
import endEventRequired from 'bpmnlint/rules/end-event-required.js'
import fakeJoin from 'bpmnlint/rules/fake-join.js'
import linkEvent from 'bpmnlint/rules/link-event.js'
import noComplexGateway from 'bpmnlint/rules/no-complex-gateway.js'
import noGatewayJoinFork from 'bpmnlint/rules/no-gateway-join-fork.js'
import noImplicitSplit from 'bpmnlint/rules/no-implicit-split.js'
import noInclusiveGateway from 'bpmnlint/rules/no-inclusive-gateway.js'
import singleBlankStartEvent from 'bpmnlint/rules/single-blank-start-event.js'
import subProcessBlankStartEvent from 'bpmnlint/rules/sub-process-blank-start-event.js'
import type { Finding } from '../../types.ts'
import type { BpmnElement } from '../element.ts'
import { found } from './found.ts'

/** The rules of bpmnlint that we publish by, said in Spanish. One import each, so that a page bundles only these. */
const rules: [create: () => unknown, code: string, message: string, cure: string][] = [
  [
    conditionalFlows,
    'conditional-flows',
    'A una salida de la compuerta le falta su condición',
    'Escríbala o haga de ella la salida por defecto',
  ],
  [endEventRequired, 'end-event', 'Falta el evento de fin', 'Termine cada camino en un evento de fin'],
  [
    fakeJoin,
    'fake-join',
    'Llegan varios flujos a un elemento que no los espera a todos',
    'Reúnalos antes en una compuerta',
  ],
  [linkEvent, 'link-event', 'Los eventos de enlace no se admiten', 'Una los elementos con un flujo'],
  [noComplexGateway, 'not-supported', 'La compuerta compleja no se admite', 'Use compuertas exclusivas o paralelas'],
  [noGatewayJoinFork, 'join-fork', 'La compuerta reúne y separa a la vez', 'Use dos compuertas, una tras otra'],
  [noImplicitSplit, 'implicit-split', 'Salen varios flujos sin compuerta', 'Ponga una compuerta paralela o exclusiva'],
  [noInclusiveGateway, 'not-supported', 'La compuerta inclusiva no se admite', 'Use compuertas exclusivas o paralelas'],
  [singleBlankStartEvent, 'start-event', 'Hay más de un evento de inicio', 'Deje uno'],
  [
    subProcessBlankStartEvent,
    'start-event',
    'El subproceso debe empezar por un evento de inicio simple',
    'Quite el tipo del evento',
  ],
]

export function bpmnlintRules(definitions: BpmnElement): Finding[] {
  return rules.flatMap(([create, code, message, cure]) =>
    testRule({ moddleRoot: definitions, rule: create(), config: {} }).map(({ id }) => found(code, id, message, cure)),
  )
}
