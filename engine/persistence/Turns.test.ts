import { setTimeout as sleep } from 'node:timers/promises'
import { Turns } from './Turns.ts'

it('lets work of one name go one after the other, and of other names beside it', async () => {
  const turns = new Turns()
  const order: string[] = []
  const first = await turns.take('a', 1000)
  const second = turns.take('a', 1000).then((end) => {
    order.push('second')
    return end
  })
  const third = turns.take('a', 1000).then((end) => {
    order.push('third')
    return end
  })
  ;(await turns.take('b', 1000))()
  order.push('first')
  first()
  ;(await second)()
  ;(await third)()
  expect(order).toEqual(['first', 'second', 'third'])
  // Nothing is left behind: the next comes at once.
  ;(await turns.take('a', 1000))()
})

it('waits no longer than it was told to', async () => {
  const turns = new Turns()
  const never = await turns.take('a', 1000)
  const at = performance.now()
  const impatient = await turns.take('a', 20)
  expect(performance.now() - at).toBeLessThan(900)
  impatient()
  never()
  await sleep(0)
})
