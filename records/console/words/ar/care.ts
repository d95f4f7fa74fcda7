import type { Translation } from '#faces/words/words.ts';
import type { care as en } from '../en/care.ts';

export const care: Translation<typeof en> = {
  care: {
    referral: 'الإحالة إلى زميل', referralSays: 'تُكتب في السجل. تعرض محفظة المريض المشاركة مع الزميل، والمريض يقرر.', order: 'الطلب من مختبر', orderSays: 'يُكتب في السجل. تعرض محفظة المريض المشاركة مع المختبر، وهو يكتب النتيجة.',
    colleague: 'إلى من', colleagueHint: 'اسم طبيب أو مستشفى', laboratory: 'المختبر', laboratoryHint: 'اسم مختبر', tests: 'الفحوص', reason: 'السبب', question: 'السؤال', questionHint: 'ما تريد معرفته', urgency: 'الاستعجال', urgencies: { routine: 'عادي', urgent: 'عاجل', asap: 'في أقرب وقت', stat: 'فورًا' },
    refer: 'التوقيع والإحالة', send: 'التوقيع والطلب', referred: 'أُحيل إلى {name}', ordered: 'طُلب من {name}', next: 'يجده المريض الآن في محفظته ويستطيع المشاركة مع {name}.', missing: { member: 'اختر من الدليل', reason: 'أدخل السبب', tests: 'اختر فحصًا واحدًا على الأقل' },
  },
};
