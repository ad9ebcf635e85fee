import type { Ctx } from '../../context.ts'

/** Whose rights are explained, and how sentences call him. */
export interface Explained {
  /** The context of the person explained. */
  ctx: Ctx
  /** The context of who asks: nothing is told that he could not see himself. */
  asker: Ctx
  who: string
}
