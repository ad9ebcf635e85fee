import { compiled, TestInstance } from './testInstance.ts'
import { processOf, type Block } from './testBlocks.ts'
import { movesOf, type Choose } from './testWalk.ts'
import { TokenGame } from './tokenGame.ts'
import type { AdvanceResult } from './types.ts'

const outcomes = ['a', 'b', 'c']

/**
 * Walks one random process at random, in the engine and in the token game, and compares after every step what was
 * entered, what is open and whether it has ended.
 * @returns the first difference, or null; and the number of steps
 */
export async function compareWalk(
  block: Block,
  choose: Choose,
  mode: 'recover' | 'whole' | 'live',
  limit = 30,
): Promise<{ difference: string | null; steps: number }> {
  const { scope, xml } = processOf(block)
  const instance = new TestInstance(await compiled(xml), { mode })
  const game = new TokenGame(scope)
  const done: string[] = []
  let result: AdvanceResult = await instance.start()
  for (;;) {
    const difference = differenceBetween(game, instance, result)
    if (difference !== null)
      return { difference: `after ${done.join(', ') || 'start'}: ${difference}\n${xml}`, steps: done.length }
    const moves = movesOf(instance, outcomes)
    const move = moves[moves.length ? choose(moves.length) : 0]
    if (game.ended || !move || done.length >= limit) return { difference: null, steps: done.length }
    done.push(move.name)
    result = await move.run(instance)
    game.play(move.name)
  }
}

function differenceBetween(game: TokenGame, instance: TestInstance, result: AdvanceResult): string | null {
  const status = game.ended ? 'completed' : 'running'
  if (result.status !== status) return `engine ${result.status} (${result.error?.message ?? ''}), token game ${status}`
  const entered = result.visits.filter((visit) => visit.event === 'enter').map((visit) => visit.node)
  const [engine, expected] = [entered.sort().join(' '), game.entered.sort().join(' ')]
  if (engine !== expected) return `engine entered ${engine}; token game ${expected}`
  const open =
    result.status === 'running'
      ? movesOf(instance, outcomes)
          .map((move) => move.name)
          .join(', ')
      : ''
  const possible = game.moves(outcomes).join(', ')
  return open === possible ? null : `engine can ${open}; token game ${possible}`
}
