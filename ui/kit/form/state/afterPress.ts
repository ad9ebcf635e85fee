let isPressed = false
let waiting = new Set<() => void>()
let letGo: ReturnType<typeof setTimeout> | undefined

/**
 * Runs at once; while a button of the mouse or a finger is down, once it is up. Whoever presses a button leaves a field:
 * were a finding drawn then, the button would move from under the pointer, and the press would count for nothing.
 */
export function afterPress(work: () => void): void {
  if (isPressed) waiting.add(work)
  else work()
}

function release(): void {
  clearTimeout(letGo)
  isPressed = false
  const works = waiting
  waiting = new Set()
  for (const work of works) work()
}

function press(event: MouseEvent): void {
  clearTimeout(letGo)
  // Of the other buttons not every browser says when they are up again.
  if (event.button === 0) isPressed = true
}

/** The click follows at once, if one does; it is to find everything as it was, and to be seen at once. */
function lift(): void {
  clearTimeout(letGo)
  letGo = setTimeout(release, 0)
}

if (typeof window !== 'undefined') {
  const listen = (names: (keyof WindowEventMap)[], listener: (event: never) => void) => {
    for (const name of names) window.addEventListener(name, listener as (event: Event) => void, { capture: true })
  }
  // A finger is up before the browser tells of the mouse that it stands for.
  listen(['pointerdown', 'mousedown'], press)
  listen(['pointerup', 'mouseup'], lift)
  listen(['click', 'pointercancel', 'dragend', 'contextmenu', 'keydown'], release)
  window.addEventListener('blur', release)
}
