/** A whole day as people in Peru write it: `2026-03-02` → `02/03/2026`. Any other text stays as it is. */
export const plainDay = (text: string): string => text.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1')
