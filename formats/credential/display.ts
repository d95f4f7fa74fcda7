// What wallets and type metadata call the credentials and their claims, in the languages that the project speaks.
import type { Kind } from '#passport/claims.ts';
import type { FieldName } from './fields.ts';

export const LOCALES = ['en', 'es', 'fr', 'de', 'ar', 'hi'] as const;
export type Locale = (typeof LOCALES)[number];
export type Words = Readonly<Record<Locale, string>>;

const words = (en: string, es: string, fr: string, de: string, ar: string, hi: string): Words => ({ en, es, fr, de, ar, hi });

export const KIND_WORDS: Readonly<Record<Kind, Words>> = {
  vaccination: words('Vaccination', 'Vacunación', 'Vaccination', 'Impfung', 'تطعيم', 'टीकाकरण'),
  test: words('Test result', 'Resultado de prueba', 'Résultat de test', 'Testergebnis', 'نتيجة فحص', 'जाँच का परिणाम'),
  recovery: words('Recovery', 'Recuperación', 'Rétablissement', 'Genesung', 'تعافٍ', 'स्वस्थ होना'),
};

export const FIELD_WORDS: Readonly<Record<FieldName, Words>> = {
  disease: words('Disease', 'Enfermedad', 'Maladie', 'Krankheit', 'المرض', 'रोग'),
  product: words('Vaccine', 'Vacuna', 'Vaccin', 'Impfstoff', 'اللقاح', 'टीका'),
  doseNumber: words('Dose', 'Dosis', 'Dose', 'Dosis', 'الجرعة', 'खुराक'),
  seriesDoses: words('Doses in the series', 'Dosis de la serie', 'Doses de la série', 'Dosen der Serie', 'عدد جرعات السلسلة', 'शृंखला की कुल खुराकें'),
  test: words('Kind of test', 'Tipo de prueba', 'Type de test', 'Art des Tests', 'نوع الفحص', 'जाँच का प्रकार'),
  result: words('Result', 'Resultado', 'Résultat', 'Ergebnis', 'النتيجة', 'परिणाम'),
  occurred: words('Date and time', 'Fecha y hora', 'Date et heure', 'Datum und Uhrzeit', 'التاريخ والوقت', 'तिथि और समय'),
  country: words('Country', 'País', 'Pays', 'Land', 'البلد', 'देश'),
  lotNumber: words('Lot number', 'Número de lote', 'Numéro de lot', 'Chargennummer', 'رقم التشغيلة', 'लॉट संख्या'),
  performer: words('Performed by', 'Realizado por', 'Réalisé par', 'Durchgeführt von', 'أُجري بواسطة', 'किसके द्वारा किया गया'),
  familyName: words('Family name', 'Apellidos', 'Nom', 'Familienname', 'اسم العائلة', 'कुलनाम'),
  givenName: words('Given names', 'Nombres', 'Prénoms', 'Vornamen', 'الأسماء الأولى', 'दिया गया नाम'),
  birthDate: words('Date of birth', 'Fecha de nacimiento', 'Date de naissance', 'Geburtsdatum', 'تاريخ الميلاد', 'जन्म तिथि'),
};

/** One entry a language, under the name that the format gives the text. */
export const inAllLanguages = <N extends string>(texts: Words, name: N): ({ readonly locale: Locale } & Readonly<Record<N, string>>)[] =>
  LOCALES.map((locale) => ({ locale, [name]: texts[locale] }) as { readonly locale: Locale } & Readonly<Record<N, string>>); // the key is name
