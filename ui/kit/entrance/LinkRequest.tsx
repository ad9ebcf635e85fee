import { Anchor, Button, Stack, Text } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRequestPasswordToken } from '../../client/people/usePasswordToken.ts'
import { paths } from '../app/paths.ts'
import { EmailInput } from './EmailInput.tsx'
import { EntranceCard } from './EntranceCard.tsx'

/** Asks for a link by mail, and then says where to look; it never says whether the address is known. */
export function LinkRequest(props: { title: string; text: string; submit: string; email: string }) {
  const { title, text, submit } = props
  const { t } = useTranslation()
  const ask = useRequestPasswordToken()
  const [email, setEmail] = useState(props.email)
  const [tried, setTried] = useState(false)
  const back = (
    <Anchor component={Link} to={paths.home} ta="center" py={8}>
      {t('kit.entrance.backToSignIn')}
    </Anchor>
  )
  if (ask.isSuccess)
    return (
      <EntranceCard title={t('kit.entrance.sentTitle')}>
        <Text role="status">{t('kit.entrance.sentText', { email: email.trim() })}</Text>
        <Text c="dimmed" size="sm">
          {t('kit.entrance.sentMore')}
        </Text>
        <Button variant="default" onClick={() => ask.reset()}>
          {t('kit.entrance.again')}
        </Button>
        {back}
      </EntranceCard>
    )
  return (
    <EntranceCard title={title} text={text} error={ask.error}>
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          setTried(true)
          if (email.trim()) ask.mutate(email.trim())
        }}
      >
        <Stack gap="md">
          <EmailInput value={email} tried={tried} onChange={setEmail} />
          <Button type="submit" size="md" fullWidth loading={ask.isPending}>
            {submit}
          </Button>
          {back}
        </Stack>
      </form>
    </EntranceCard>
  )
}
