import type { MatrixView } from '#engine/contract'
import { addChange, lockOf, rightsOf, roleKey, withChanges } from './effectiveRights.ts'

const role = { description: null, front: 'staff' as const, protected: false, retired: false, own: false, holders: 1 }
const matrix: MatrixView = {
  pack: 'toy',
  revision: 3,
  roles: [
    { ...role, key: 'owner', title: 'Owner', protected: true },
    { ...role, key: 'buyer', title: 'Buyer' },
  ],
  groups: [{ key: '@deciders', title: 'Deciders', roles: ['buyer'] }],
  things: [],
  can: { purchase: { owner: ['read', 'edit'], buyer: ['create'], '@deciders': ['read'] } },
  seed: { purchase: { owner: ['read'] } },
  rows: {},
  fields: {},
  fixed: [{ thing: 'rate', action: 'edit', only: ['owner'], because: 'Only the owner.' }],
  separate: [],
  mayEdit: true,
}

describe('the rights shown', () => {
  it('add up what a role has itself and through its groups', () => {
    expect(rightsOf(matrix, 'buyer', 'purchase')).toEqual({
      actions: ['create', 'read'],
      own: ['create'],
      through: [{ group: 'Deciders', actions: ['read'] }],
    })
  })

  it('show what is not saved yet, the last word about a place only', () => {
    const first = addChange([], { kind: 'cell', thing: 'purchase', subject: 'buyer', actions: [] })
    const changes = addChange(first, { kind: 'cell', thing: 'purchase', subject: 'buyer', actions: ['edit'] })
    expect(changes).toHaveLength(1)
    expect(rightsOf(withChanges(matrix, changes), 'buyer', 'purchase').own).toEqual(['edit'])
    expect(matrix.can.purchase?.buyer).toEqual(['create'])
  })

  it('lock what is fixed, and what the protected role has from the pack', () => {
    expect(lockOf(matrix, 'buyer', 'rate', 'edit')).toEqual({ because: 'Only the owner.' })
    expect(lockOf(matrix, 'owner', 'purchase', 'read')).toEqual({ because: null })
    expect(lockOf(matrix, 'owner', 'purchase', 'edit')).toBeNull()
  })

  it('name a new role by its title', () => {
    expect(roleKey('Auditor Interno', [])).toBe('auditor-interno')
    expect(roleKey('Auditor', ['auditor'])).toBe('auditor-2')
    expect(roleKey('3º', [])).toMatch(/^[a-z][a-z0-9-]{1,39}$/)
  })
})
