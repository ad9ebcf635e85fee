import { Center, Loader } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { ApiError } from '../../client/http/ApiError.ts'
import { usePasswordToken } from '../../client/people/usePasswordToken.ts'
import { useSignIn } from '../../client/people/useSession.ts'
import { paths } from '../app/paths.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { EntranceFrame } from './EntranceFrame.tsx'
import { LinkRequest } from './LinkRequest.tsx'
import { NewPasswordForm } from './NewPasswordForm.tsx'
import { SignInForm } from './SignInForm.tsx'

/** Where a mailed link leads. The token stands behind the `#`; opening the page does not use it up, the button does. */
export function NewPasswordPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const token = useLocation().hash.slice(1)
  const link = usePasswordToken(token)
  const signIn = useSignIn()
  const [isOver, setIsOver] = useState(false)
  const [saved, setSaved] = useState<{ email: string; password: string } | null>(null)
  const enter = () => void navigate(paths.home, { replace: true })
  const isExpired = isOver || token === '' || (link.error instanceof ApiError && link.error.code === 'token.expired')

  if (saved)
    return (
      <EntranceFrame title={t('kit.signIn.submit')}>
        {signIn.isPending ? (
          <Loader aria-label={t('kit.loading')} />
        ) : (
          <SignInForm title={t('kit.signIn.submit')} note={t('kit.entrance.ready')} initial={saved} onDone={enter} />
        )}
      </EntranceFrame>
    )
  if (isExpired) {
    const details =
      link.error instanceof ApiError ? (link.error.body as { details?: { email?: string } } | null)?.details : null
    return (
      <EntranceFrame title={t('kit.entrance.expiredTitle')}>
        <LinkRequest
          title={t('kit.entrance.expiredTitle')}
          text={t('kit.entrance.expiredText')}
          submit={t('kit.entrance.newToken')}
          email={link.data?.email ?? details?.email ?? ''}
        />
      </EntranceFrame>
    )
  }
  if (link.error)
    return (
      <Center component="main" mih="100vh" p="md">
        <ErrorNote error={link.error} onRetry={() => void link.refetch()} />
      </Center>
    )
  if (!link.data)
    return (
      <Center component="main" mih="100vh" aria-busy>
        <Loader aria-label={t('kit.loading')} />
      </Center>
    )
  const title = t(link.data.purpose === 'create' ? 'kit.entrance.createTitle' : 'kit.entrance.resetTitle')
  return (
    <EntranceFrame title={title}>
      <NewPasswordForm
        title={title}
        token={token}
        link={link.data}
        onOver={() => setIsOver(true)}
        onSaved={(credentials) => {
          setSaved(credentials)
          // With a second factor this asks for its code: the form then goes on from there.
          signIn.mutate(credentials, { onSuccess: enter })
        }}
      />
    </EntranceFrame>
  )
}
