import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CommitText } from './CommitText.tsx'
import { ruleProblem } from './ruleProblem.ts'

interface Props {
  label: string
  value: string
  onCommit: (value: string) => void
  description?: ReactNode
}

/** A rule (`record.importe > 1000`), checked while it is typed; an unfinished one can still be kept. */
export function RuleText({ label, value, onCommit, description }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const problem = ruleProblem(typed ?? value)
  return (
    <CommitText
      label={label}
      value={value}
      description={description}
      monospace
      multiline
      onTyping={setTyped}
      onCommit={(text) => {
        setTyped(null)
        onCommit(text.trim())
      }}
      error={problem === null ? undefined : t('studio.rule.problem', { problem })}
    />
  )
}
