/** What the record of a person says about his account. */
export interface WantedAccount {
  /** In lower case: two accounts never differ by case only. */
  email: string
  name: string
  roles: string[]
  front: 'staff' | 'portal'
  scope: Record<string, string[]>
  active: boolean
}
