import type { Translation } from '#faces/words/words.ts';
import type { account as en } from '../en/account.ts';

export const account: Translation<typeof en> = {
  keys: {
    lockAfter: 'पृष्ठ काम में न हो तो इतने समय बाद लॉक करें', minutes: { one: '{count} मिनट', other: '{count} मिनट' }, opens: 'आपकी कुंजियाँ किससे खुलती हैं', passphrase: 'पासफ़्रेज़', passkey: 'उंगली, चेहरा या डिवाइस PIN (पासकी)',
    change: 'पासफ़्रेज़ बदलें', addPassphrase: 'पासफ़्रेज़ जोड़ें', addPasskey: 'उंगली, चेहरा या डिवाइस PIN जोड़ें', remove: 'हटाएँ', changed: 'पासफ़्रेज़ बदल गया।', added: 'जुड़ गया।', removed: 'हट गया।', removeTitle: 'यह रास्ता हटाएँ?', removeText: 'इससे आपकी कुंजियाँ फिर नहीं खुलेंगी।',
    advice: 'आपकी कुंजियाँ केवल एक चीज़ से खुलती हैं। दूसरी जोड़ें, ताकि उसके खोने पर आप बाहर न रह जाएँ।',
  },
  keyFile: {
    title: 'कुंजी फ़ाइल', lead: 'यह डिवाइस खो जाए तो कुंजी फ़ाइल दूसरे पर आपकी कुंजियाँ वापस लाती है। जिसके पास यह और इसका पासफ़्रेज़ हो, वह आपके नाम से हस्ताक्षर कर सकता है।', make: 'कुंजी फ़ाइल सहेजें', passphrase: 'फ़ाइल का पासफ़्रेज़', making: 'फ़ाइल बन रही है…', made: 'फ़ाइल सहेजी गई। इसे सुरक्षित जगह रखें।',
    never: 'आपने अभी तक कुंजी फ़ाइल नहीं सहेजी है।', last: 'पिछली बार {date} को सहेजी गई।',
  },
};
