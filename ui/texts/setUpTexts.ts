import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { texts } from './texts.ts'

const remembered = 'cauce.language'
export type Language = keyof typeof texts

/** The language this browser chose, Spanish unless it chose otherwise. */
export function chosenLanguage(): Language {
  try {
    return localStorage.getItem(remembered) === 'en' ? 'en' : 'es'
  } catch {
    return 'es'
  }
}

/** Texts by key, ready before the first screen is drawn. */
export function setUpTexts(): i18n {
  if (!i18next.isInitialized)
    void i18next.use(initReactI18next).init({
      lng: chosenLanguage(),
      fallbackLng: 'es',
      resources: { es: { translation: texts.es }, en: { translation: texts.en } },
      interpolation: { escapeValue: false },
      initAsync: false,
      returnNull: false,
    })
  return i18next
}

export async function changeLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(remembered, language)
  } catch {
    // The choice lasts until the page is closed.
  }
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}
