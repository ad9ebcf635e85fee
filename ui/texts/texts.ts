import enErrors from './en/errors.json' with { type: 'json' }
import enKit from './en/kit.json' with { type: 'json' }
import enPortal from './en/portal.json' with { type: 'json' }
import enStaff from './en/staff.json' with { type: 'json' }
import enStudio from './en/studio.json' with { type: 'json' }
import esErrors from './es/errors.json' with { type: 'json' }
import esKit from './es/kit.json' with { type: 'json' }
import esPortal from './es/portal.json' with { type: 'json' }
import esStaff from './es/staff.json' with { type: 'json' }
import esStudio from './es/studio.json' with { type: 'json' }

/** Every text of the pages, by language and key. One file per page and language, so that they can be reviewed apart. */
export const texts = {
  es: { errors: esErrors, kit: esKit, staff: esStaff, portal: esPortal, studio: esStudio },
  en: { errors: enErrors, kit: enKit, staff: enStaff, portal: enPortal, studio: enStudio },
}
