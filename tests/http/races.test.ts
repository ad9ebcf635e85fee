import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { Running } from '../../engine/main.ts'
import { complete, contractData, People, startContract, taskOf, upload, type ContractCase } from './contractCase.ts'
import { demoPassword, startProduct, type Answer, type Visitor } from './harness.ts'

/** Requests of the same instant. CAUCE_ROUNDS sets how often each race is run. */
const rounds = Number(process.env.CAUCE_ROUNDS ?? 20)
const patience = 120_000 + rounds * 10_000
const password = demoPassword
/** Races that are run beside each other: most of a round is waiting for the disk. */
const AT_ONCE = 8

async function inRounds(race: () => Promise<void>): Promise<void> {
  let left = rounds
  const worker = async (): Promise<void> => {
    while (left-- > 0) await race()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

describe('requests at the same instant', () => {
  let product: Running
  let people: People
  let manager: Visitor
  let facility: Visitor
  let client: Visitor
  let general: Visitor

  beforeAll(async () => {
    product = await startProduct()
    people = new People(product)
    manager = await people.as('gerente.fm')
    facility = await people.as('facility.manager')
    client = await people.as('cliente')
    general = await people.as('gerente.general')
  }, patience)
  afterAll(async () => {
    await product.stop()
  })

  const answerTask = (who: Visitor, id: string, outcome: string, data = {}, key = randomUUID()): Promise<Answer> =>
    who.post(`/api/tasks/${id}/complete`, { outcome, data, password }, { headers: { 'idempotency-key': key } })
  const statuses = (answers: Answer[]): number[] => answers.map(({ status }) => status).sort()
  const closedLines = async (contract: ContractCase): Promise<string[]> =>
    (
      (await manager.get(`/api/records/contrato/${contract.id}/history?size=200`)).body.items as {
        kind: string
        text: string
      }[]
    )
      .filter(({ kind }) => kind === 'task')
      .map(({ text }) => text)

  it(
    'lets exactly one of two answers to one task win, and tells the other who was quicker',
    () =>
      inRounds(async () => {
        const contract = await startContract(people)
        const task = await taskOf(manager, contract, 'iniciarRevision')
        const answers = await Promise.all([answerTask(manager, task, 'iniciar'), answerTask(facility, task, 'iniciar')])
        expect(statuses(answers)).toEqual([200, 409])
        expect(answers.find(({ status }) => status === 409)?.body.code).toBe('task.closed')
        expect(await closedLines(contract)).toHaveLength(1)
        const open = await manager.get(`/api/tasks?record=contrato:${contract.id}&status=open`)
        expect(open.body.items.map(({ key }: { key: string }) => key)).toEqual(['revisar'])
      }),
    patience,
  )

  it(
    'lets both of two answers to parallel tasks of one case win',
    () =>
      inRounds(async () => {
        const contract = await toSignature(people)
        const [mine, theirs] = [
          await taskOf(client, contract, 'firmarCliente'),
          await taskOf(general, contract, 'firmarEmpresa'),
        ]
        const answers = await Promise.all([
          answerTask(client, mine, 'firmar', { firmante: 'Gabriela Montoya Rey', cargo: 'Gerente de Operaciones' }),
          answerTask(general, theirs, 'firmar', { firmante: 'Eduardo Salazar Ríos', cargo: 'Gerente general' }),
        ])
        expect(statuses(answers)).toEqual([200, 200])
        const record = await manager.get(`/api/records/contrato/${contract.id}`)
        expect(record.body.data.estado).toBe('Firmado')
        await taskOf(facility, contract, 'enviarCliente')
      }),
    patience,
  )

  it(
    'does one thing for a request that comes twice with one Idempotency-Key, together or later, and answers the same',
    () =>
      inRounds(async () => {
        const [startKey, taskKey] = [randomUUID(), randomUUID()]
        const data = await contractData(manager)
        const start = (): Promise<Answer> =>
          manager.post('/api/processes/contrato/instances', { data }, { headers: { 'idempotency-key': startKey } })
        const begun = [...(await Promise.all([start(), start()])), await start()]
        expect(statuses(begun)).toEqual([201, 201, 201])
        expect(new Set(begun.map(({ body }) => body.instance.id)).size).toBe(1)
        expect(begun[1]?.body).toEqual(begun[0]?.body)
        const instance = begun[0]?.body.instance
        const contract = { id: instance.record.id as string, instance: instance.id as string }
        const task = await taskOf(manager, contract, 'iniciarRevision')
        const send = (): Promise<Answer> => answerTask(manager, task, 'iniciar', {}, taskKey)
        const answers = [...(await Promise.all([send(), send()])), await send()]
        expect(statuses(answers)).toEqual([200, 200, 200])
        expect(answers[1]?.body).toEqual(answers[0]?.body)
        expect(answers[2]?.body).toEqual(answers[0]?.body)
        expect(await closedLines(contract)).toHaveLength(1)
      }),
    patience,
  )

  it(
    '[FM-9.2.1-6] [FM-D-080] gives contracts begun at the same instant codes without gap or repetition',
    async () => {
      const before = new Set(await codes(manager))
      const contracts = await Promise.all(Array.from({ length: rounds }, () => startContract(people)))
      const fresh = (await codes(manager)).filter((code) => !before.has(code))
      expect(fresh).toHaveLength(contracts.length)
      const numbers = fresh.map((code) => Number(/(\d+)$/.exec(code)?.[1])).sort((a, b) => a - b)
      expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index))
    },
    patience,
  )
})

async function codes(visitor: Visitor): Promise<string[]> {
  const found: string[] = []
  for (let page = 1; ; page++) {
    const { items } = (await visitor.get(`/api/records/contrato?size=100&page=${page}`)).body
    found.push(...items.map((item: { data: { codigo: string } }) => item.data.codigo))
    if (items.length < 100) return found
  }
}

/** A contract that waits for both signatures. */
async function toSignature(people: People): Promise<ContractCase> {
  const facility = await people.as('facility.manager')
  const contract = await startContract(people)
  await expectOk(complete(facility, contract, 'iniciarRevision', 'iniciar'))
  await expectOk(complete(facility, contract, 'revisar', 'legal'))
  await expectOk(complete(await people.as('legal'), contract, 'revisarLegal', 'aprobar'))
  const archivo = await upload(facility, 'pdf', 'Propuesta')
  await expectOk(complete(facility, contract, 'prepararPropuesta', 'proponer', { archivo }))
  await expectOk(complete(await people.as('cliente'), contract, 'responderPropuesta', 'aceptar', {}, { password }))
  return contract
}

async function expectOk(sent: Promise<Answer>): Promise<void> {
  const { status, body } = await sent
  expect({ status, issues: body.issues ?? body.code ?? null }).toEqual({ status: 200, issues: null })
}
