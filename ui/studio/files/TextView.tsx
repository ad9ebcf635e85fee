import { Alert, Button, Group, ScrollArea, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  path: string
  text: string
  /** Absent: the text can only be read (the diagram writes its own). */
  onChange?: (text: string) => void
}

/** The file as it is kept. Nobody needs it; whoever wants to can read it, and edit it where that is safe. */
export function TextView({ path, text, onChange }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(text)
  const [shown, setShown] = useState(text)
  if (shown !== text) {
    setShown(text)
    setTyped(text)
  }
  const problem = path.endsWith('.json') ? jsonProblem(typed) : null
  if (!onChange)
    return (
      <ScrollArea h="100%" type="auto" viewportProps={{ tabIndex: 0, 'aria-label': path }}>
        <Text component="pre" size="xs" ff="monospace" p={16} m={0}>
          {text}
        </Text>
      </ScrollArea>
    )
  return (
    <ScrollArea h="100%" type="auto">
      <Stack gap={8} p={16}>
        <Textarea
          label={path}
          description={t('studio.text.help')}
          autosize
          minRows={12}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
          spellCheck={false}
        />
        {problem !== null && (
          <Alert color="red" role="alert">
            {t('studio.text.problem', { problem })}
          </Alert>
        )}
        <Group>
          <Button size="sm" disabled={typed === text || problem !== null} onClick={() => onChange(typed)}>
            {t('studio.text.apply')}
          </Button>
          <Button size="sm" variant="default" disabled={typed === text} onClick={() => setTyped(text)}>
            {t('studio.text.reset')}
          </Button>
        </Group>
      </Stack>
    </ScrollArea>
  )
}

function jsonProblem(text: string): string | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
