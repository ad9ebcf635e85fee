/** Letters and digits that nobody mistakes for another one on a worn label: no 0 O 1 I L U. */
const CHARACTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10

/** A new code for a label: random, so that it says nothing about the thing and cannot be guessed from its neighbour. */
export function generateCode(): string {
  // Bytes from 240 on would make the first letters likelier.
  const bytes: number[] = []
  while (bytes.length < LENGTH)
    bytes.push(...[...crypto.getRandomValues(new Uint8Array(LENGTH))].filter((byte) => byte < CHARACTERS.length * 8))
  return bytes
    .slice(0, LENGTH)
    .map((byte) => CHARACTERS[byte % CHARACTERS.length])
    .join('')
}
