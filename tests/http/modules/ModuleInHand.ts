import { afterAll, beforeAll } from '@jest/globals'
import type { Running } from '../../../engine/main.ts'
import type { Changes } from '../../modules/FieldRow.ts'
import { signIn, startProduct, type Answer, type Visitor } from '../harness.ts'
import { saveRecord, storedRecord, type WalkedModule } from '../walkFields.ts'

/** A module of the pack fm that the Superadministrador works with; one product for all tests of the `describe` around. */
export class ModuleInHand implements WalkedModule {
  readonly entity: string
  readonly #sample: (changes: Changes) => Changes
  #product: Running | undefined
  #admin: Visitor | undefined

  /** `sample`: a record that may be saved, each time another, with these changes. To be made within a `describe`. */
  constructor(entity: string, sample: (changes: Changes) => Changes) {
    this.entity = entity
    this.#sample = sample
    beforeAll(async () => {
      this.#product = await startProduct()
      this.#admin = await signIn(this.#product.staffUrl, 'superadmin')
    }, 90_000)
    afterAll(async () => {
      await this.#product?.stop()
    })
  }

  get product(): Running {
    return this.#product!
  }
  get admin(): Visitor {
    return this.#admin!
  }
  visitor = (): Visitor => this.admin
  data = (changes: Changes = {}): Changes => this.#sample(changes)

  save = (changes: Changes = {}): Promise<Answer> => saveRecord(this, this.data(changes))
  stored = (changes: Changes = {}): ReturnType<typeof storedRecord> => storedRecord(this, this.data(changes))
  /** The status of saving it so, and the fields that were found fault with. */
  refusal = async (changes: Changes): Promise<{ status: number; paths: string[] }> => {
    const { status, body } = await this.save(changes)
    return { status, paths: ((body.issues ?? []) as { path: string }[]).map(({ path }) => path) }
  }

  /** Corrects what is fixed of a record of this module, with a reason. */
  correct = async (id: string, data: Changes, more: Changes = {}): Promise<Answer> => {
    const path = `/api/records/${this.entity}/${id}`
    const { revision } = (await this.admin.get(path)).body
    const body = { data, reason: 'Estaba mal escrito', warned: true, ...more }
    return this.admin.post(`${path}/correct`, body, { headers: { 'if-match': String(revision) } })
  }

  /** Makes a record of another kind that the tests need; its id. */
  other = async (entity: string, data: Changes): Promise<string> =>
    (await this.admin.post(`/api/records/${entity}`, { data, warned: true })).body.id as string
}
