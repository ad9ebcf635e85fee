/**
 * The reference models of the BPMN Model Interchange Working Group: models drawn to exercise the whole notation. Each
 * one either runs to an end or is refused with the element and a reason; never an exception, never a wrong way.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { compileProcess } from '../../engine/bpmn/compileProcess.ts'
import { TestInstance } from '../../engine/bpmn/testInstance.ts'
import { chooser, movesOf } from '../../engine/bpmn/testWalk.ts'
import { lintProcess } from '#definitions'

const folder = new URL('./bpmn-miwg/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.bpmn'))
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

/** The file with exactly one of its processes marked as executable: drawings are mostly not meant to run. */
function runnable(xml: string): string[] {
  const processes = [...xml.matchAll(/<(?:\w+:)?process\b[^>]*>/g)].map((match) => match[0])
  return processes.map((chosen) =>
    xml.replace(/<(?:\w+:)?process\b[^>]*>/g, (tag) => {
      const bare = tag.replace(/\sisExecutable="[^"]*"/, '')
      return tag === chosen ? bare.replace(/\s*(\/?)>$/, ' isExecutable="true"$1>') : bare
    }),
  )
}

it('has the suite', () => {
  expect(files).toHaveLength(21)
})

it.each(files)('%s', async (name) => {
  const xml = read(name)
  for (const text of [xml, ...runnable(xml)]) {
    const result = await compileProcess(text)
    expect(Array.isArray(await lintProcess(text))).toBe(true)
    if ('findings' in result) {
      expect(result.findings.length).toBeGreaterThan(0)
      for (const finding of result.findings) {
        expect(finding.severity).toBe('error')
        expect(finding.message).toMatch(/\S/)
        expect(finding.cure).toMatch(/\S/)
      }
      // What the parser refuses has no element to name; everything else does.
      if (!result.findings.some(({ code }) => code.startsWith('bpmn-') || code === 'unknown-key'))
        expect(result.findings.filter((finding) => finding.at === '')).toEqual([])
      continue
    }
    for (let seed = 1; seed <= 5; seed++) {
      const instance = new TestInstance(result.definition)
      const choose = chooser(seed)
      let step = await instance.start()
      for (let count = 0; count < 200 && step.status === 'running'; count++) {
        const moves = movesOf(instance, ['ok'])
        expect(moves.length).toBeGreaterThan(0)
        step = await moves[choose(moves.length)]!.run(instance)
      }
      // A model whose gateways ask for data of its own tool stops there, and says where.
      if (step.status === 'failed')
        expect(step.error).toMatchObject({ code: 'expression', node: expect.stringMatching(/./) })
      else expect(step.status).toBe('completed')
    }
  }
})
