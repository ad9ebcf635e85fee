import { ScrollArea, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RolesFile } from '#definitions'

/** Who there is, and what each may do with each kind of record. */
export function RolesOverview({ roles, titleOf }: { roles: RolesFile; titleOf: (thing: string) => string }) {
  const { t } = useTranslation()
  const groupsOf = (role: string) =>
    Object.values(roles.groups ?? {})
      .filter((group) => group.roles.includes(role))
      .map((group) => group.title)
      .join(', ')
  const nameOf = (who: string) =>
    who.startsWith('@')
      ? (roles.groups?.[who.slice(1)]?.title ?? t(`studio.roles.builtIn.${who.slice(1)}`, who))
      : (roles.roles[who]?.title ?? who)
  return (
    <ScrollArea
      h="100%"
      type="auto"
      p={16}
      viewportProps={{ tabIndex: 0, 'aria-label': t('studio.roles.title'), role: 'region' }}
    >
      <Title order={2} mb={8}>
        {t('studio.roles.title')}
      </Title>
      <Table withTableBorder bg="var(--cauce-surface)" mb={20}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('studio.roles.role')}</Table.Th>
            <Table.Th>{t('studio.roles.groups')}</Table.Th>
            <Table.Th>{t('studio.roles.front')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {Object.entries(roles.roles).map(([key, role]) => (
            <Table.Tr key={key}>
              <Table.Td>
                {role.title}
                {role.description && (
                  <Text size="xs" c="dimmed">
                    {role.description}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{groupsOf(key)}</Table.Td>
              <Table.Td>{t(`studio.roles.fronts.${role.front ?? 'staff'}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Title order={2} mb={8}>
        {t('studio.roles.can')}
      </Title>
      <Table withTableBorder bg="var(--cauce-surface)">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('studio.roles.thing')}</Table.Th>
            <Table.Th>{t('studio.roles.who')}</Table.Th>
            <Table.Th>{t('studio.roles.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {Object.entries(roles.can).flatMap(([thing, who]) =>
            Object.entries(who).map(([role, actions], index) => (
              <Table.Tr key={`${thing} ${role}`}>
                <Table.Td>{index === 0 ? titleOf(thing) : ''}</Table.Td>
                <Table.Td>{nameOf(role)}</Table.Td>
                <Table.Td>
                  {actions
                    .split(/\s+/)
                    .map((action) => t(`studio.roles.action.${action}`, action))
                    .join(', ')}
                </Table.Td>
              </Table.Tr>
            )),
          )}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}
