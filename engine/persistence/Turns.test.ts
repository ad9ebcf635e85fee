import { Turns } from './Turns.ts'

it('lets work of one name go one after the other, and of other names beside it', async () => {
  const turns = new Turns()
  const order: string[] = []
  const first = await turns.take('a')
  const later = (name: string): Promise<void> =>
    turns.take('a').then((end) => {
      order.push(name)
      end()
    })
  const others = [later('second'), later('third')]
  expect(turns.tryTake('a')).toBeNull()
  turns.tryTake('b')!()
  order.push('first')
  first()
  await Promise.all(others)
  expect(order).toEqual(['first', 'second', 'third'])
})

it('leaves nothing behind: the next comes at once', async () => {
  const turns = new Turns()
  ;(await turns.take('a'))()
  await Promise.resolve().then(() => undefined)
  const end = turns.tryTake('a')
  expect(end).not.toBeNull()
  end!()
})
