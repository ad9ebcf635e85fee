import { FileHistory } from './FileHistory.ts'

describe('FileHistory', () => {
  it('goes back and forth, file by file', () => {
    const history = new FileHistory()
    history.record('a', '1')
    history.record('a', '2')
    history.record('b', 'x')
    expect(history.undo('a', '3')).toBe('2')
    expect(history.undo('a', '2')).toBe('1')
    expect(history.undo('a', '1')).toBeNull()
    expect(history.redo('a', '1')).toBe('2')
    expect(history.canRedo('a')).toBe(true)
    expect(history.canUndo('b')).toBe(true)
  })

  it('forgets what was undone once something else is written', () => {
    const history = new FileHistory()
    history.record('a', '1')
    history.undo('a', '2')
    history.record('a', '1')
    expect(history.canRedo('a')).toBe(false)
  })
})
