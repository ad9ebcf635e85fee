import { ScrollArea, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { textsOfTemplate, writeTemplate } from '../pack/templateText.ts'
import { CommitText } from '../properties/fields/CommitText.tsx'

/** A mail or notice: its subject and its text, with `{{record.…}}` where the data goes. */
export function TemplateEditor({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { t } = useTranslation()
  const template = textsOfTemplate(text)
  return (
    <ScrollArea h="100%" type="auto">
      <Stack gap={12} p={16} maw={760}>
        <CommitText
          label={t('studio.template.subject')}
          value={template.subject}
          onCommit={(subject) => onChange(writeTemplate({ ...template, subject }))}
        />
        <CommitText
          label={t('studio.template.body')}
          value={template.body}
          multiline
          tall
          onCommit={(body) => onChange(writeTemplate({ ...template, body }))}
        />
        <Text size="sm" c="dimmed">
          {t('studio.template.help', { expression: '{{record.…}}' })}
        </Text>
      </Stack>
    </ScrollArea>
  )
}
