import { expect } from '@jest/globals'
import { sampleDocx, samplePdf } from '../../engine/rehearsal/index.ts'
import { signIn, type Answer, type Visitor } from './harness.ts'

/** The people of the demo, signed in on their front, made when first asked for. */
export class People {
  readonly #staffUrl: string
  readonly #portalUrl: string
  readonly #known = new Map<string, Promise<Visitor>>()

  constructor(urls: { staffUrl: string; portalUrl: string }) {
    this.#staffUrl = urls.staffUrl
    this.#portalUrl = urls.portalUrl
  }

  as(name: string): Promise<Visitor> {
    let visitor = this.#known.get(name)
    if (!visitor) {
      const onPortal = ['cliente', 'cliente2', 'proveedor'].includes(name)
      visitor = signIn(onPortal ? this.#portalUrl : this.#staffUrl, name)
      this.#known.set(name, visitor)
    }
    return visitor
  }
}

export const upload = async (visitor: Visitor, kind: 'pdf' | 'docx', title: string): Promise<string> => {
  const content = kind === 'pdf' ? samplePdf(title) : sampleDocx(title)
  const answer = await visitor.upload(`${title}.${kind}`, content)
  expect(answer.status).toBe(201)
  return answer.body.id as string
}

/** The first client that this visitor may see, by the start of its name. */
export async function clientId(visitor: Visitor, q = ''): Promise<string> {
  const answer = await visitor.get(`/api/records/cliente?q=${encodeURIComponent(q)}`)
  expect(answer.status).toBe(200)
  return answer.body.items[0].id as string
}

export interface ContractCase {
  id: string
  instance: string
}

/** Starts a contract as the Gerente de FM with a real PDF. */
export async function startContract(people: People, data: Record<string, unknown> = {}): Promise<ContractCase> {
  const manager = await people.as('gerente.fm')
  const answer = await manager.post('/api/processes/contrato/instances', {
    data: { ...(await contractData(manager)), ...data },
  })
  expect({ status: answer.status, body: answer.body.issues ?? null }).toEqual({ status: 201, body: null })
  return { id: answer.body.instance.record.id as string, instance: answer.body.instance.id as string }
}

export async function contractData(visitor: Visitor): Promise<Record<string, unknown>> {
  return {
    cliente: await clientId(visitor, 'altamar'),
    objeto: 'Mantenimiento integral',
    fechaVigencia: '2027-01-01',
    fechaVencimiento: '2027-12-31',
    moneda: 'PEN',
    archivo: await upload(visitor, 'pdf', 'Contrato'),
  }
}

/** The open task of a contract with this key, as this person sees it. */
export async function taskOf(visitor: Visitor, contract: ContractCase, key: string): Promise<string> {
  const answer = await visitor.get(`/api/tasks?record=contrato:${contract.id}&status=open`)
  expect(answer.status).toBe(200)
  const task = (answer.body.items as { id: string; key: string }[]).find((candidate) => candidate.key === key)
  expect({ wanted: key, open: answer.body.items.map((item: { key: string }) => item.key) }).toMatchObject({
    open: expect.arrayContaining([key]),
  })
  return task?.id ?? ''
}

export async function complete(
  visitor: Visitor,
  contract: ContractCase,
  key: string,
  outcome: string,
  data: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Promise<Answer> {
  return visitor.post(`/api/tasks/${await taskOf(visitor, contract, key)}/complete`, { outcome, data, ...more })
}

export async function contractState(visitor: Visitor, contract: ContractCase): Promise<string> {
  return (await visitor.get(`/api/records/contrato/${contract.id}`)).body.data.estado as string
}
