// The words of the page on which a person types the transaction code.
import { LOCALES, type Locale } from '#formats/credential/display.ts';

export type PageWords = {
  readonly title: string; readonly explain: string; readonly label: string; readonly agree: string; readonly decline: string; readonly wrong: string; readonly over: string;
};

export const PAGE_WORDS: Readonly<Record<Locale, PageWords>> = {
  en: {
    title: 'Receive your health credentials', explain: 'Type the number that you were given with this offer. Only go on if you started this yourself, on your own device.',
    label: 'Your number', agree: 'Continue', decline: 'Cancel', wrong: 'That number is not right.', over: 'This request has ended. Go back to your wallet and begin again.',
  },
  es: {
    title: 'Reciba sus credenciales de salud', explain: 'Escriba el número que recibió con esta oferta. Continúe solo si usted mismo lo inició, en su propio dispositivo.',
    label: 'Su número', agree: 'Continuar', decline: 'Cancelar', wrong: 'Ese número no es correcto.', over: 'Esta solicitud ha terminado. Vuelva a su cartera y empiece de nuevo.',
  },
  fr: {
    title: 'Recevez vos attestations de santé', explain: 'Saisissez le numéro qui vous a été remis avec cette offre. Ne continuez que si vous avez commencé vous-même, sur votre appareil.',
    label: 'Votre numéro', agree: 'Continuer', decline: 'Annuler', wrong: 'Ce numéro n’est pas le bon.', over: 'Cette demande est terminée. Retournez à votre portefeuille et recommencez.',
  },
  de: {
    title: 'Ihre Gesundheitsnachweise erhalten', explain: 'Geben Sie die Nummer ein, die Sie mit diesem Angebot bekommen haben. Fahren Sie nur fort, wenn Sie dies selbst auf Ihrem Gerät begonnen haben.',
    label: 'Ihre Nummer', agree: 'Weiter', decline: 'Abbrechen', wrong: 'Diese Nummer stimmt nicht.', over: 'Diese Anfrage ist beendet. Gehen Sie zurück in Ihre Wallet und beginnen Sie neu.',
  },
  ar: {
    title: 'استلم شهاداتك الصحية', explain: 'اكتب الرقم الذي أُعطي لك مع هذا العرض. لا تتابع إلا إذا بدأت ذلك بنفسك على جهازك.',
    label: 'رقمك', agree: 'متابعة', decline: 'إلغاء', wrong: 'هذا الرقم غير صحيح.', over: 'انتهى هذا الطلب. عُد إلى محفظتك وابدأ من جديد.',
  },
  hi: {
    title: 'अपने स्वास्थ्य प्रमाणपत्र प्राप्त करें', explain: 'इस प्रस्ताव के साथ मिला नंबर लिखें। तभी आगे बढ़ें जब आपने इसे स्वयं अपने उपकरण पर शुरू किया हो।',
    label: 'आपका नंबर', agree: 'आगे बढ़ें', decline: 'रद्द करें', wrong: 'यह नंबर सही नहीं है।', over: 'यह अनुरोध समाप्त हो गया है। अपने वॉलेट में लौटकर फिर से शुरू करें।',
  },
};

/** The first language of an Accept-Language header that the page is written in. */
export function localeFor(header: string | undefined): Locale {
  const wanted = (header ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.map((tag) => LOCALES.find((locale) => locale === tag)).find((locale) => locale !== undefined) ?? 'en';
}
