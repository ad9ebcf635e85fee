import { expect } from '@jest/globals'
import { resolve } from 'node:path'
import type { PluginService } from '#plugins/contract'
import type { Running } from '../../engine/main.ts'
import { packsOf } from '../../engine/packs/index.ts'
import type { InstanceDoc, TaskDoc } from '../../engine/persistence/index.ts'
import { startProduct } from '../http/harness.ts'
import { ReturningVisitor } from '../http/ReturningVisitor.ts'

type Data = Record<string, unknown>

/** The product with the pack `works`, and what a test does with it over HTTP: its clock stands still until moved. */
export class Works {
  readonly product: Running
  readonly worker: ReturningVisitor
  readonly chief: ReturningVisitor

  private constructor(product: Running) {
    this.product = product
    this.worker = new ReturningVisitor(product.staffUrl, 'worker@works.example')
    this.chief = new ReturningVisitor(product.staffUrl, 'chief@works.example')
  }

  static async start(environment: Record<string, string> = {}): Promise<Works> {
    const packsDir = resolve(import.meta.dirname, 'packs')
    const product = await startProduct({ packs: ['works'], packsDir, environment })
    product.clock?.freeze(new Date('2026-03-02T15:00:00Z'))
    return new Works(product)
  }

  get db() {
    return this.product.ctx.db
  }

  stop(): Promise<void> {
    return this.product.stop()
  }

  /** Puts the outside in place: the service of the delivery. */
  async outside(send: PluginService): Promise<void> {
    const installed = await packsOf(this.product.ctx).current(this.product.ctx, 'works')
    installed.services['outside.send'] = send
  }

  /** Starts a process; the id of its case. */
  async begin(process: string, data: Data = {}): Promise<string> {
    const { status, body } = await this.worker.post(`/api/processes/${process}/instances`, {
      data: { subject: 'A thing', ...data },
    })
    expect({ process, status, body: status === 201 ? null : body }).toEqual({ process, status: 201, body: null })
    await this.product.jobs.wake()
    return body.instance.id as string
  }

  /** Moves the clock and does what fell due, until nothing more is. */
  async pass(days: number, hours = 0, minutes = 0): Promise<void> {
    this.product.clock?.advance(((days * 24 + hours) * 60 + minutes) * 60_000)
    await this.product.jobs.wake()
    await this.product.jobs.wake()
  }

  async case(id: string): Promise<InstanceDoc> {
    return (await this.db.instances.get(id))!
  }

  async data(id: string): Promise<Data> {
    const { record } = await this.case(id)
    return (await this.db.records(record!.entity).get(record!.id))!.data
  }

  tasks(id: string): Promise<TaskDoc[]> {
    return this.db.tasks.find({ instance: id, status: 'open' })
  }

  /** Nodes at which tasks are open, sorted. */
  async open(id: string): Promise<string[]> {
    return (await this.tasks(id)).map((task) => task.node).sort()
  }

  async complete(id: string, node: string, outcome = 'done', nth = 0): Promise<void> {
    const task = (await this.tasks(id)).filter((candidate) => candidate.node === node)[nth]
    expect({ node, isOpen: task !== undefined, open: await this.open(id) }).toMatchObject({ isOpen: true })
    const { status, body } = await this.worker.post(`/api/tasks/${task!._id}/complete`, { outcome, data: {} })
    expect({ node, status, body: status === 200 ? null : body }).toEqual({ node, status: 200, body: null })
    await this.product.jobs.wake()
  }

  /** Cases that a case called. */
  called(id: string): Promise<InstanceDoc[]> {
    return this.db.instances.find({ 'parent.instance': id })
  }
}
