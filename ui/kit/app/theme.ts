import {
  Alert,
  Autocomplete,
  Badge,
  Button,
  Card,
  createTheme,
  defaultVariantColorsResolver,
  Input,
  Menu,
  Modal,
  MultiSelect,
  Paper,
  Select,
  Table,
  Tabs,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core'
import { stateTone } from '../values/stateTone.ts'

const petrol: MantineColorsTuple = [
  '#eef6f8',
  '#dbebee',
  '#b6d7de',
  '#8dc1cc',
  '#68aebc',
  '#4c9fb0',
  '#36899b',
  '#287485',
  '#1b6373',
  '#124f5d',
]

/** The list of options scrolls itself: the library's scroll area around it is a stop the keyboard cannot reach. */
const optionList = { withScrollArea: false, styles: { options: { maxHeight: 260, overflowY: 'auto' } } } as const

/** The one theme of both fronts. A front brands itself by handing other colours to `AppProviders`. */
export const theme = createTheme({
  colors: { petrol },
  primaryColor: 'petrol',
  // AA on white (measured: 6.6 : 1).
  primaryShade: 8,
  autoContrast: true,
  defaultRadius: 8,
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.45', lg: '1.45', xl: '1.4' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
      h4: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input)
    // Yellow and orange on their own light ground miss AA.
    if (input.variant === 'light' && (input.color === 'yellow' || input.color === 'orange'))
      return { ...colors, color: stateTone(input.color).text }
    // The filled danger of Mantine (red-8) misses AA with white text in small sizes.
    return input.variant === 'filled' && input.color === 'red'
      ? { ...colors, background: '#c02626', hover: '#a81f1f' }
      : colors
  },
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      // What a process calls its step may be long: it wraps instead of being cut on a phone.
      styles: {
        root: { height: 'auto', minHeight: 'var(--button-height)', maxWidth: '100%', paddingBlock: 2 },
        inner: { height: 'auto', minHeight: 'calc(var(--button-height) - 6px)' },
        label: { height: 'auto', whiteSpace: 'normal', lineHeight: 1.3 },
      },
    }),
    Select: Select.extend({ defaultProps: { ...optionList, openOnFocus: false } }),
    MultiSelect: MultiSelect.extend({ defaultProps: { ...optionList, openOnFocus: false } }),
    Autocomplete: Autocomplete.extend({ defaultProps: { ...optionList, openOnFocus: false } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true, shadow: undefined } }),
    Card: Card.extend({ defaultProps: { withBorder: true, shadow: undefined } }),
    Badge: Badge.extend({ defaultProps: { tt: 'none', fw: 600 } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 8, horizontalSpacing: 12 } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    // The library's invisible first stop is no item of a menu.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({ defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 } } }),
    // A dialog's <header> would be a second banner of the page.
    ModalHeader: { defaultProps: { component: 'div' } },
    ModalTitle: { defaultProps: { fw: 600, fz: 16 } },
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
      styles: { label: { fontWeight: 500, marginBottom: 4 }, description: { marginTop: 4 }, error: { marginTop: 4 } },
    }),
  },
})

/** Colours that Mantine leaves below AA, and the surfaces of the house. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--cauce-surface': '#ffffff',
    '--cauce-ground': '#f6f7f8',
    '--cauce-line': '#dfe3e6',
    '--cauce-quiet': '#5a646d',
  },
  light: {
    '--mantine-color-error': '#b42318',
    '--mantine-color-placeholder': '#646d76',
    '--mantine-color-dimmed': '#5a646d',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1b2228',
    '--mantine-color-default-border': '#d3d9dd',
  },
  dark: {},
})
