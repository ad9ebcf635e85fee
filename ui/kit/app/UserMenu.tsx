import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconLanguage, IconLogout, IconUserCircle, IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { SessionView } from '#engine/contract'
import { draftStorage } from '../../client/drafts/draftStorage.ts'
import { useSignOut } from '../../client/people/useSession.ts'
import { paths } from './paths.ts'
import { changeLanguage } from '../../texts/setUpTexts.ts'

/** Who is signed in, the language, and the way out. */
export function UserMenu({ session }: { session: SessionView }) {
  const { t, i18n } = useTranslation()
  const signOut = useSignOut()
  const { user } = session
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <UnstyledButton p={2} style={{ borderRadius: 20 }}>
          <Avatar
            size={34}
            color="petrol"
            name={user.name}
            alt=""
            styles={{ placeholder: { color: '#124f5d', background: '#dbebee' } }}
          />
          {/* Not an aria-label: the name a person says must hold the initials he sees (WCAG 2.5.3). */}
          <VisuallyHidden>{t('kit.user.menu', { name: user.name })}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: '8px 12px' }}>
          <Text fw={600} component="div">
            {user.name}
          </Text>
          <Text size="xs" c="dimmed" component="div">
            {user.email}
          </Text>
          <Text size="xs" c="dimmed" component="div">
            {user.roles.map((role) => role.title).join(', ')}
          </Text>
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to={paths.account} leftSection={<IconUserCircle aria-hidden size={16} />}>
          {t('kit.user.account')}
        </Menu.Item>
        {session.front === 'staff' && (
          <Menu.Item component={Link} to={paths.substitutions} leftSection={<IconUsers aria-hidden size={16} />}>
            {t('kit.user.substitutions')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconLanguage aria-hidden size={16} />}
          onClick={() => void changeLanguage(i18n.language === 'en' ? 'es' : 'en')}
        >
          {t('kit.user.otherLanguage')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout aria-hidden size={16} />}
          onClick={() => {
            // A shared machine keeps nothing of this person.
            draftStorage.clear()
            signOut.mutate()
          }}
        >
          {t('kit.user.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
