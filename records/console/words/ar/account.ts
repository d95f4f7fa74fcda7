import type { Translation } from '#faces/words/words.ts';
import type { account as en } from '../en/account.ts';

export const account: Translation<typeof en> = {
  keys: {
    lockAfter: 'القفل حين لا يستخدم أحد الصفحة لمدة', minutes: { one: 'دقيقة واحدة', two: 'دقيقتان', few: '{count} دقائق', many: '{count} دقيقة', other: '{count} دقيقة' }, opens: 'ما يفتح مفاتيحك', passphrase: 'عبارة المرور', passkey: 'البصمة أو الوجه أو رمز الجهاز (مفتاح مرور)',
    change: 'تغيير عبارة المرور', addPassphrase: 'إضافة عبارة مرور', addPasskey: 'إضافة البصمة أو الوجه أو رمز الجهاز', remove: 'إزالة', changed: 'غُيّرت عبارة المرور.', added: 'أُضيف.', removed: 'أُزيل.', removeTitle: 'إزالة طريقة الدخول هذه؟', removeText: 'لن تفتح مفاتيحك بعد الآن.',
    advice: 'شيء واحد فقط يفتح مفاتيحك. أضف آخر حتى لا يمنعك فقدانه من الدخول.',
  },
  keyFile: {
    title: 'ملف المفاتيح', lead: 'إذا فُقد هذا الجهاز، يعيد ملف المفاتيح مفاتيحك على جهاز آخر. من يملكه مع عبارة مروره يستطيع التوقيع باسمك.', make: 'حفظ ملف المفاتيح', passphrase: 'عبارة المرور للملف', making: 'جارٍ إنشاء الملف…', made: 'حُفظ الملف. احتفظ به في مكان آمن.',
    never: 'لم تحفظ ملف مفاتيح بعد.', last: 'آخر حفظ في {date}.',
  },
};
