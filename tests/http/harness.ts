import { expect } from '@jest/globals'
import { demoPassword, Visitor } from './Visitor.ts'

export { startProduct } from '../setup/startProduct.ts'
export { demoPassword, Visitor, type Answer, type RequestOptions } from './Visitor.ts'

/** Signs a demo user in: the part before the @. */
export async function signIn(base: string, user: string, password = demoPassword): Promise<Visitor> {
  const visitor = new Visitor(base)
  const answer = await visitor.post('/api/session', { email: user.includes('@') ? user : `${user}@demo.pe`, password })
  expect({ user, status: answer.status, code: answer.body?.code }).toEqual({ user, status: 201, code: undefined })
  return visitor
}
