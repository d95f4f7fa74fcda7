import type { en } from './en.ts';
import type { Translation } from './words.ts';

export const hi: Translation<typeof en> = {
  language: 'भाषा',
  back: 'वापस',
  close: 'बंद करें',
  cancel: 'रद्द करें',
  continue: 'आगे बढ़ें',
  save: 'सहेजें',
  tryAgain: 'फिर कोशिश करें',
  loading: 'लोड हो रहा है…',
  skip: 'मुख्य सामग्री पर जाएँ',
  optional: 'वैकल्पिक',
  errors: { title: 'एक समस्या है', unexpected: 'कुछ गड़बड़ हो गई। आपने जो भरा था वह सुरक्षित है। फिर कोशिश करें।', offline: 'इंटरनेट नहीं है। कनेक्शन आने पर फिर कोशिश करें।' },
  choices: { count: { one: '{count} परिणाम', other: '{count} परिणाम' }, none: 'कुछ नहीं मिला' },
  update: { ready: 'नया संस्करण तैयार है।', now: 'अभी अपडेट करें' },
};
