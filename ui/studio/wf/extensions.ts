import { listOf, textOf, type DiagramElement, type Moddle, type ModdleElement, type Modeling } from './moddle.ts'

/** The elements of the `wf` namespace that the panels edit, with their attributes in writing order. */
export const extensionAttributes = {
  'wf:Candidate': ['role', 'group', 'user', 'party'],
  'wf:Outcome': ['key', 'label', 'kind', 'confirm', 'reason', 'when', 'reauthenticate'],
  'wf:Pause': ['key', 'label'],
  'wf:SetState': ['on', 'value'],
  'wf:Set': ['on', 'target', 'source'],
  'wf:Notify': ['on', 'template', 'to', 'every'],
  'wf:Escalate': ['on', 'role', 'group'],
  'wf:Input': ['name', 'source'],
  'wf:Output': ['target', 'source'],
} as const

export type ExtensionType = keyof typeof extensionAttributes
/** An extension element as plain text values; an empty one is not written. */
export type ExtensionRow = Record<string, string>

/** The extension elements of one type, in order. */
export function readExtensions(owner: ModdleElement, type: ExtensionType): ExtensionRow[] {
  return valuesOf(owner)
    .filter((value) => value.$type === type)
    .map((value) => {
      const row: ExtensionRow = {}
      for (const name of extensionAttributes[type]) {
        const text = textOf(value, name)
        if (text !== '') row[name] = text
      }
      return row
    })
}

/**
 * Replaces the extension elements of one type by these rows, at the place where they stood, as one undoable step.
 * Elements of other types are kept, unknown ones included.
 */
export function writeExtensions(
  services: { modeling: Modeling; moddle: Moddle },
  element: DiagramElement,
  owner: ModdleElement,
  type: ExtensionType,
  rows: ExtensionRow[],
): void {
  const old = valuesOf(owner)
  const made = rows.map((row) => services.moddle.create(type, attributesOf(type, row)))
  const others = old.filter((value) => value.$type !== type)
  const first = old.findIndex((value) => value.$type === type)
  const values = first < 0 ? [...others, ...made] : others.toSpliced(first, 0, ...made)
  services.modeling.updateModdleProperties(element, owner, {
    extensionElements: values.length > 0 ? holderFor(services.moddle, owner, values) : undefined,
  })
}

function holderFor(moddle: Moddle, owner: ModdleElement, values: ModdleElement[]): ModdleElement {
  const holder = moddle.create('bpmn:ExtensionElements', { values })
  holder.$parent = owner
  for (const value of values) value.$parent = holder
  return holder
}

function attributesOf(type: ExtensionType, row: ExtensionRow): Record<string, unknown> {
  const attributes: Record<string, unknown> = {}
  for (const name of extensionAttributes[type]) {
    const text = row[name]
    if (text === undefined || text === '') continue
    // The descriptor types these two as booleans; "false" is the default and is not written.
    if (name === 'reason' || name === 'reauthenticate') {
      if (text === 'true') attributes[name] = true
    } else attributes[name] = text
  }
  return attributes
}

function valuesOf(owner: ModdleElement): ModdleElement[] {
  return listOf(owner.get('extensionElements') as ModdleElement | undefined, 'values')
}
