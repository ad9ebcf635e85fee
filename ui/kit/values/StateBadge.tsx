import { Badge } from '@mantine/core'
import type { StateView } from '#engine/contract'
import { NamedIcon } from './NamedIcon.tsx'
import { stateTone, toneName, type ToneName } from './stateTone.ts'

const iconOf: Record<ToneName, string> = {
  blue: 'info-circle',
  yellow: 'clock',
  orange: 'alert-triangle',
  'light-green': 'send',
  green: 'circle-check',
  red: 'circle-x',
  gray: 'circle',
}

/** A state: colour, icon and word together, so that colour never speaks alone. */
export function StateBadge({ value, states }: { value: unknown; states: StateView[] }) {
  if (value === null || value === undefined || value === '') return null
  const state = states.find((candidate) => candidate.value === value)
  return <ToneBadge color={state?.color ?? null} icon={state?.icon ?? null} text={state?.title ?? String(value)} />
}

/** The same badge for words that are not a record's state (overdue, pending). */
export function ToneBadge({ color, icon, text }: { color: string | null; icon?: string | null; text: string }) {
  const tone = stateTone(color)
  return (
    <Badge
      variant="default"
      radius="sm"
      size="lg"
      px={8}
      fz={12}
      leftSection={<NamedIcon name={icon ?? iconOf[toneName(color)]} size={14} />}
      styles={{
        // A state is never cut: a column grows instead.
        root: {
          minWidth: 'max-content',
          background: tone.background,
          color: tone.text,
          borderColor: tone.line,
        },
        section: { marginInlineEnd: 5 },
      }}
    >
      {text}
    </Badge>
  )
}
