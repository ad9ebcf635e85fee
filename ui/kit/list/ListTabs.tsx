import { Tabs } from '@mantine/core'

/** Which part of a list is shown; the list below is the panel of whichever tab is chosen. */
export function ListTabs<Name extends string>(props: {
  label: string
  names: readonly Name[]
  value: Name
  titleOf: (name: Name) => string
  onChange: (name: Name) => void
}) {
  const { label, names, value, titleOf, onChange } = props
  return (
    <Tabs value={value} onChange={(next) => onChange(names.find((name) => name === next) ?? names[0]!)} variant="pills">
      <Tabs.List aria-label={label}>
        {names.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {titleOf(name)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {names.map((name) => (
        <Tabs.Panel key={name} value={name}>
          {null}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
