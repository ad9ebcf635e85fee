/** Somebody who is told of an event. */
export interface Recipient {
  /** Account, when the person has one: then a notice can be shown too. */
  user: string | null
  name: string
  email: string
  /** On which front his links lead. */
  front: 'staff' | 'portal'
  /** The absent person in whose place he is told. */
  standInFor?: string
}
