// Which language a page speaks: the one chosen, else the first of the browser's that there is.
import { LANGUAGES, type Language } from '#passport';

const KEPT_AS = 'language';
/** Each in its own words. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', es: 'Español', fr: 'Français', de: 'Deutsch', ar: 'العربية', hi: 'हिन्दी' };
export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

const isLanguage = (value: string | null | undefined): value is Language => (LANGUAGES as readonly string[]).includes(value ?? '');

export function preferredLanguage(): Language {
  const kept = keptLanguage();
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

/** How dates and numbers are written in a language: as in the region that the browser names for it. */
export function localeOf(language: Language, tags: readonly string[] = navigator.languages): string {
  return tags.find((tag) => tag.startsWith(`${language}-`)) ?? language;
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEPT_AS, language);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function keptLanguage(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}
