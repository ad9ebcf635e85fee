import type { StoryDefinition } from '#definitions'
import type { Json, JsonObject } from '#forms'
import { samplePdf, sampleDocx } from '../../engine/rehearsal/index.ts'
import { demoPassword, type Answer } from '../http/Visitor.ts'
import type { PatientUser } from './PatientUser.ts'

export interface Walk {
  story: StoryDefinition
  /** Who sits where: one user per name, for this walk alone or shared. */
  user: (name: string) => PatientUser
  /** `@name` → id. */
  names: Map<string, string>
  /** Awaited before each step: the clock may be about to jump. */
  before: () => Promise<void>
}

/** Plays a story over HTTP as its people. Returns the record it was about. Throws when a step is refused. */
export async function walkStory(walk: Walk): Promise<{ entity: string; id: string }> {
  let about: { entity: string; id: string; instance: string } | null = null
  for (const step of walk.story.steps) {
    await walk.before()
    const user = walk.user(step.as ?? '')
    const { reason, ...data } = (await resolveValue(walk, user, step.data ?? {})) as JsonObject
    const more = { ...(reason === undefined ? {} : { reason }) }
    let answer: Answer
    if (step.start !== undefined) {
      answer = await user.post(`/api/processes/${step.start}/instances`, { data, warned: true })
      if (answer.status === 201) {
        const { instance } = answer.body
        about = { ...instance.record, instance: instance.id }
      }
    } else if (about === null) throw new Error('a story begins with a start')
    else if (step.message !== undefined)
      answer = await user.post(`/api/instances/${about.instance}/messages/${step.message}`, { data, ...more })
    else {
      const open = await user.get(`/api/tasks?record=${about.entity}:${about.id}&status=open`)
      const task = (open.body.items as { id: string; key: string }[]).find(({ key }) => key === step.complete)
      if (!task) throw new Error(`${walk.story.title}: no open task ${step.complete} of ${about.id}`)
      const body = { outcome: step.outcome ?? 'done', data, ...more, password: demoPassword, warned: true }
      answer = await user.post(`/api/tasks/${task.id}/complete`, body)
    }
    if (answer.status >= 300)
      throw new Error(`${about?.id ?? '-'} ${JSON.stringify(step)}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }
  if (!about) throw new Error('the story starts nothing')
  return { entity: about.entity, id: about.id }
}

async function resolveValue(walk: Walk, user: PatientUser, value: Json): Promise<Json> {
  if (typeof value === 'string' && value.startsWith('@file:')) {
    const [, kind, title = 'Archivo'] = value.split(':')
    const answer = await user.upload(`${title}.${kind}`, kind === 'docx' ? sampleDocx(title) : samplePdf(title))
    if (answer.status !== 201) throw new Error(`upload: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body.id as string
  }
  if (typeof value === 'string') return walk.names.get(value) ?? value
  if (Array.isArray(value)) return Promise.all(value.map((item) => resolveValue(walk, user, item)))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(
    async ([name, item]) => [name, await resolveValue(walk, user, item)] as const,
  )
  return Object.fromEntries(await Promise.all(entries))
}
