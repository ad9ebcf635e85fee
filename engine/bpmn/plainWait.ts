import type { ModelNode } from '#definitions'
import type { Json } from '#forms'
import type { MessageContent } from './elements.ts'
import type { SavedWait } from './savedState.ts'

/** A wait without people: for a message or a signal. */
export function plainWait(
  node: ModelNode,
  content: MessageContent,
  kind: SavedWait['kind'],
  message: string | null,
): SavedWait {
  const wait: SavedWait = {
    executionId: content.executionId,
    node: node.id,
    kind,
    message,
    assignee: null,
    dueAt: null,
    title: node.name || null,
    candidates: [],
  }
  if (content.isMultiInstance) {
    wait.index = content.index ?? 0
    const name = node.loop?.elementVariable
    if (name) wait.element = content[name] as Json
  }
  return wait
}
