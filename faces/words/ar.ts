import type { en } from './en.ts';
import type { Translation } from './words.ts';

export const ar: Translation<typeof en> = {
  language: 'اللغة',
  back: 'رجوع',
  close: 'إغلاق',
  cancel: 'إلغاء',
  continue: 'متابعة',
  save: 'حفظ',
  tryAgain: 'حاول مرة أخرى',
  loading: 'جارٍ التحميل…',
  skip: 'الانتقال إلى المحتوى',
  optional: 'اختياري',
  errors: { title: 'هناك مشكلة', unexpected: 'حدث خطأ ما. لم يُفقد شيء مما أدخلته. حاول مرة أخرى.', offline: 'لا يوجد اتصال. حاول مرة أخرى عند عودة الاتصال.' },
  choices: { count: { zero: 'لا نتائج', one: 'نتيجة واحدة', two: 'نتيجتان', few: '{count} نتائج', many: '{count} نتيجة', other: '{count} نتيجة' }, none: 'لم يُعثر على شيء' },
  update: { ready: 'يتوفر إصدار جديد.', now: 'حدّث الآن' },
};
