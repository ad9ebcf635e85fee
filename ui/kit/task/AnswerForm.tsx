import { Text } from '@mantine/core'
import { useState } from 'react'
import type { CompleteAnswer, TaskPageView } from '#engine/contract'
import { ApiError } from '../../client/http/ApiError.ts'
import { useCompleteTask } from '../../client/cases/useTask.ts'
import { FormRenderer } from '../form/FormRenderer.tsx'
import { toEnvironment } from '../form/state/toEnvironment.ts'

/** What became of a task on this page: done by this person, or closed by somebody else meanwhile. */
export interface Answered {
  done: { answer: CompleteAnswer; outcome: string } | null
  /** What the server said when it refused; what was typed stays in sight and can be copied. */
  closed: string | null
  isOpen: boolean
}
export interface AnswerState extends Answered {
  setDone: (done: Answered['done']) => void
  setClosed: (said: string) => void
}

export function useAnswer(task: TaskPageView): AnswerState {
  const [done, setDone] = useState<Answered['done']>(null)
  const [closed, setClosed] = useState<string | null>(null)
  return { done, setDone, closed, setClosed, isOpen: task.status === 'open' && closed === null }
}

/** The form of a task with its answers as buttons; to look at only when it is closed or somebody else's. */
export function AnswerForm({ task, state, notYours }: { task: TaskPageView; state: AnswerState; notYours: string }) {
  const complete = useCompleteTask(task.id)
  const mayAnswer = state.isOpen && task.mine
  return (
    <>
      <FormRenderer
        form={task.form}
        data={task.data}
        labels={task.labels}
        draft={task.draft}
        draftKey={`task:${task.id}`}
        environment={toEnvironment(task.environment)}
        readOnly={!mayAnswer}
        actions={mayAnswer ? task.outcomes : []}
        onSubmit={async (action, { data, reason, password, warned }) => {
          const answer = await complete.mutateAsync({
            outcome: action.key,
            data,
            ...(reason ? { reason } : {}),
            ...(password ? { password } : {}),
            ...(warned ? { warned } : {}),
          })
          window.scrollTo(0, 0)
          state.setDone({ answer, outcome: action.label })
        }}
        onRefused={(error) => {
          if (!(error instanceof ApiError && error.code === 'task.closed')) return false
          state.setClosed(error.body?.message ?? error.message)
          window.scrollTo(0, 0)
          return true
        }}
      />
      {state.isOpen && !task.mine && (
        <Text c="dimmed" mt="md">
          {notYours}
        </Text>
      )}
    </>
  )
}
