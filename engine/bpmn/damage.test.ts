/** Damaged models: whatever is torn out of a file or put into it, the answer is findings or a process that runs. */
import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { lintProcess } from '#definitions'
import { compileProcess } from './compileProcess.ts'
import { fixture, TestInstance } from './testInstance.ts'

const models = readdirSync(new URL('./fixtures/', import.meta.url)).map((file) => fixture(file.replace('.bpmn', '')))
const pieces = models.flatMap((xml) => xml.match(/<[^>]+>|\b[\w-]+="[^"]*"/g) ?? [])

const damages = fc.record({
  model: fc.constantFrom(...models),
  cuts: fc.array(
    fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom('drop', 'replace', 'add'),
      fc.constantFrom(...pieces),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
})

/** Takes away, replaces or adds a tag or an attribute. */
function damaged(model: string, cuts: [number, string, string][]): string {
  return cuts.reduce((xml, [where, how, piece]) => {
    const places = [...xml.matchAll(/<[^>]+>|\b[\w-]+="[^"]*"/g)]
    const place = places[Math.floor(where * places.length)]
    if (!place) return xml
    const kept = how === 'add' ? place[0] : ''
    const put = how === 'drop' ? '' : piece
    return xml.slice(0, place.index) + kept + put + xml.slice(place.index + place[0].length)
  }, model)
}

it('never throws', async () => {
  await fc.assert(
    fc.asyncProperty(damages, async ({ model, cuts }) => {
      const xml = damaged(model, cuts)
      expect(Array.isArray(await lintProcess(xml))).toBe(true)
      const result = await compileProcess(xml)
      if ('findings' in result) {
        for (const finding of result.findings) expect(finding.message).not.toMatch(/Cannot|undefined|not a function/)
        return
      }
      const step = await new TestInstance(result.definition).start()
      if (step.status === 'failed') expect(step.error).toMatchObject({ code: expect.not.stringMatching(/^engine$/) })
    }),
    { numRuns: Number(process.env.CAUCE_ROUNDS ?? 300) },
  )
})
