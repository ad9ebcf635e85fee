import { beforeAll } from '@jest/globals'
import { signIn, type Answer, type Visitor } from '../harness.ts'
import type { Data } from '../sampleRecords.ts'
import { ModuleInHand } from './ModuleInHand.ts'

/** What changes by movements alone: it, the process that moves it, and those who take part. */
export class MovementsInHand extends ModuleInHand {
  readonly #process: string
  #planner: Visitor | undefined
  #technician: Visitor | undefined

  constructor(entity: string, process: string, sample: (changes: Data) => Data) {
    super(entity, sample)
    this.#process = process
    beforeAll(async () => {
      const signedIn = ['planner', 'tecnico'].map((name) => signIn(this.product.staffUrl, name))
      ;[this.#planner, this.#technician] = await Promise.all(signedIn)
    }, 90_000)
  }

  get planner(): Visitor {
    return this.#planner!
  }
  get technician(): Visitor {
    return this.#technician!
  }

  made = async (changes: Data = {}): Promise<string> => (await this.stored(changes)).id
  recordOf = async (id: string): Promise<Answer['body']> =>
    (await this.admin.get(`/api/records/${this.entity}/${id}`)).body
  dataOf = async (id: string): Promise<Data> => (await this.recordOf(id)).data
  edit = async (id: string, data: Data, who = this.admin): Promise<Answer> => {
    const { revision } = await this.recordOf(id)
    const headers = { 'if-match': String(revision) }
    return who.patch(`/api/records/${this.entity}/${id}`, { data, warned: true }, { headers })
  }
  move = (data: Data, who = this.planner): Promise<Answer> =>
    who.post(`/api/processes/${this.#process}/instances`, { data })
}
