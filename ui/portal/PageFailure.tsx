import { Center } from '@mantine/core'
import { useRouteError } from 'react-router'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'

/** A page that could not be loaded, usually because a new version was installed meanwhile: load it again. */
export function PageFailure() {
  const error = useRouteError()
  return (
    <Center mih="100vh" p="md">
      <ErrorNote error={error} onRetry={() => window.location.reload()} />
    </Center>
  )
}
