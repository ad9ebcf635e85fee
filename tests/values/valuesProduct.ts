import { resolve } from 'node:path'
import type { Running } from '../../engine/main.ts'
import { startProduct, type Answer } from '../http/harness.ts'
import { ReturningVisitor } from '../http/ReturningVisitor.ts'

type Data = Record<string, unknown>

/** The product with the pack `values`, its clock at noon of 2 March 2026 in Lima, and what the tests do with it. */
export class Values {
  readonly product: Running
  readonly admin: ReturningVisitor
  readonly clerk: ReturningVisitor
  readonly reader: ReturningVisitor

  private constructor(product: Running) {
    this.product = product
    this.admin = new ReturningVisitor(product.staffUrl, 'ana@values.example')
    this.clerk = new ReturningVisitor(product.staffUrl, 'carla@values.example')
    this.reader = new ReturningVisitor(product.staffUrl, 'rita@values.example')
  }

  static async start(): Promise<Values> {
    const product = await startProduct({ packs: ['values'], packsDir: resolve(import.meta.dirname, 'packs') })
    product.clock?.freeze(new Date('2026-03-02T17:00:00Z'))
    return new Values(product)
  }

  stop = (): Promise<void> => this.product.stop()

  /** Makes a record as the administrator; its id. */
  async make(entity: string, data: Data): Promise<string> {
    const answer = await this.admin.post(`/api/records/${entity}`, { data })
    if (answer.status !== 201) throw new Error(`${entity}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return (answer.body as { id: string }).id
  }

  async read(entity: string, id: string): Promise<Data> {
    return ((await this.admin.get(`/api/records/${entity}/${id}`)).body as { data: Data }).data
  }

  async change(entity: string, id: string, data: Data, who = this.admin): Promise<Answer> {
    const { revision } = (await who.get(`/api/records/${entity}/${id}`)).body as { revision: number }
    return who.patch(`/api/records/${entity}/${id}`, { data }, { headers: { 'if-match': `"${revision}"` } })
  }

  /** The facts as the form of an entity asks for them. */
  async facts(entity: string, data: Data, id?: string, who = this.admin): Promise<Data> {
    const answer = await who.post(`/api/records/${entity}/facts`, { ...(id ? { id } : {}), data })
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
    return (answer.body as { facts: Data }).facts
  }
}

export const issuesOf = ({ body }: Answer): [string, string][] =>
  ((body.issues ?? []) as { path: string; message: string }[]).map(({ path, message }) => [path, message])
