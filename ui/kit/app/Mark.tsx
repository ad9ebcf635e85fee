/** The mark of the house: a bed that a stream follows. Decorative; the name stands beside. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--mantine-primary-color-filled)" />
      <path
        d="M6 12c5 0 5 4 10 4s5-4 10-4M6 19c5 0 5 4 10 4s5-4 10-4"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  )
}
