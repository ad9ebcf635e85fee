/** Asks the person for the password once more; true: it was given and taken. */
type Prompt = () => Promise<boolean>

let prompt: Prompt | null = null
let open: Promise<boolean> | null = null

/** The dialog of the page signs up here; null when it goes. */
export function setPasswordPrompt(next: Prompt | null): void {
  prompt = next
}

/** Several requests may need it at once: the person is asked once. */
export async function askForPassword(): Promise<boolean> {
  if (!prompt) return false
  open ??= prompt().finally(() => {
    open = null
  })
  return open
}
