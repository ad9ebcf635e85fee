/** Background, text and line of a state's colour. Every pair measures at least 4.5 : 1 (a test computes it). */
export interface Tone {
  background: string
  text: string
  line: string
}

const tones = {
  blue: { background: '#e8f1fb', text: '#17497b', line: '#bcd6f0' },
  yellow: { background: '#fff5cf', text: '#664a00', line: '#ecd788' },
  orange: { background: '#ffeddc', text: '#873800', line: '#f6cba3' },
  'light-green': { background: '#f0f8e2', text: '#3d5b0e', line: '#cfe4a6' },
  green: { background: '#e2f4e8', text: '#17592f', line: '#aedcbd' },
  red: { background: '#fdebea', text: '#96191a', line: '#f3bfbd' },
  gray: { background: '#f0f2f4', text: '#434b53', line: '#d5dadf' },
} satisfies Record<string, Tone>

export type ToneName = keyof typeof tones

const aliases: Record<string, ToneName> = {
  lightgreen: 'light-green',
  lime: 'light-green',
  teal: 'green',
  grey: 'gray',
  amber: 'yellow',
}

/** The house's tone nearest to the colour a definition names; unknown colours are grey. */
export function toneName(color: string | null | undefined): ToneName {
  if (!color) return 'gray'
  const name = color.toLowerCase()
  if (Object.hasOwn(tones, name)) return name as ToneName
  return aliases[name] ?? 'gray'
}

export const stateTone = (color: string | null | undefined): Tone => tones[toneName(color)]
export const allTones = tones
