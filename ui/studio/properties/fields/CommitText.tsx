import { Textarea, TextInput } from '@mantine/core'
import { useState, type KeyboardEvent, type ReactNode } from 'react'

interface Props {
  label: string
  value: string
  /** Called once when the person is done (leaves the field or presses Enter), so that it is one step to undo. */
  onCommit: (value: string) => void
  description?: ReactNode
  error?: ReactNode
  placeholder?: string
  multiline?: boolean
  /** A whole text rather than a sentence or two. */
  tall?: boolean
  monospace?: boolean
  required?: boolean
  /** Called at every key, for checks that show while typing. */
  onTyping?: (value: string) => void
}

/** A text whose change counts when it is finished. */
export function CommitText({ label, value, onCommit, multiline, tall, monospace, onTyping, ...rest }: Props) {
  const [typed, setTyped] = useState(value)
  const [shown, setShown] = useState(value)
  // The value moved under us (undo, another panel): show it.
  if (shown !== value) {
    setShown(value)
    setTyped(value)
  }
  const commit = () => {
    if (typed !== value) onCommit(typed)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      commit()
    }
    if (event.key === 'Escape') setTyped(value)
    // The diagram listens for Delete and Ctrl+Z on the page: inside a field they are the field's.
    event.stopPropagation()
  }
  const shared = {
    label,
    value: typed,
    onBlur: commit,
    onKeyDown,
    onChange: (event: { currentTarget: { value: string } }) => {
      setTyped(event.currentTarget.value)
      onTyping?.(event.currentTarget.value)
    },
    ...(monospace ? { styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } } } : {}),
    ...rest,
  }
  return multiline ? (
    <Textarea autosize minRows={tall ? 16 : 2} maxRows={tall ? 40 : 10} {...shared} />
  ) : (
    <TextInput {...shared} />
  )
}
