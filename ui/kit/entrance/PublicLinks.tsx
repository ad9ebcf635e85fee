import { Anchor, Group } from '@mantine/core'
import { Link } from 'react-router'
import { usePublicProcesses } from '../../client/cases/usePublicProcess.ts'
import { paths } from '../app/paths.ts'

/** What somebody without an account may ask for, below the sign-in. */
export function PublicLinks() {
  const { data: offered = [] } = usePublicProcesses()
  if (offered.length === 0) return null
  return (
    <Group gap="lg" justify="center">
      {offered.map(({ key, title }) => (
        <Anchor key={key} component={Link} to={paths.publicForm(key)} py={8} underline="always">
          {title}
        </Anchor>
      ))}
    </Group>
  )
}
