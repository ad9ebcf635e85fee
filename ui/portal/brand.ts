import { Button, Checkbox, Input, Radio, type MantineColorsTuple, type MantineThemeOverride } from '@mantine/core'

const brandColor: MantineColorsTuple = [
  '#eef4fb',
  '#dbe8f6',
  '#b4cfec',
  '#8ab4e1',
  '#689dd8',
  '#528fd2',
  '#4688d0',
  '#3775b8',
  '#245d98',
  '#164e86',
]

/** How the portal differs from the staff app: its colour, larger letters, and nothing smaller than 44 px to touch. */
export const brand: MantineThemeOverride = {
  colors: { brand: brandColor },
  primaryColor: 'brand',
  // AA on white (6.6 : 1).
  primaryShade: 8,
  fontSizes: { xs: '13px', sm: '15px', md: '16px', lg: '18px', xl: '22px' },
  headings: {
    sizes: {
      h1: { fontSize: '24px', lineHeight: '32px' },
      h2: { fontSize: '18px', lineHeight: '26px' },
      h3: { fontSize: '16px', lineHeight: '24px' },
    },
  },
  components: {
    Button: Button.extend({
      defaultProps: { size: 'md' },
      // A long answer takes a second line on a phone; it is never cut.
      styles: { root: { height: 'auto', minHeight: 44, paddingBlock: 6 }, label: { whiteSpace: 'normal' } },
    }),
    Input: Input.extend({ defaultProps: { size: 'md' }, vars: () => ({ wrapper: { '--input-height': '44px' } }) }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'md' } }),
    Radio: Radio.extend({ defaultProps: { size: 'md' } }),
  },
}
