import type { Translation } from '#faces/words/words.ts';
import type { prescriptions as en } from '../en/prescriptions.ts';

export const prescriptions: Translation<typeof en> = {
  prescribe: {
    lead: 'تذهب إلى السجل وإلى محفظة المريض. تصرفها الصيدلية التي يختارها، مرة واحدة في كل مرة.', medicine: 'الدواء', medicineHint: 'المادة والتركيز والشكل', code: 'الرمز', codeHint: 'إن وُجد', codeSystem: 'نظام الرموز', dosage: 'كيف يؤخذ', quantity: 'الكمية', unit: 'الوحدة', unitHint: 'أقراص، علب، مليلترات',
    repeats: 'التكرار', repeatsHint: 'بعد المرة الأولى', until: 'صالحة حتى', note: 'للصيدلية', send: 'التوقيع والوصف', done: 'تم الوصف', doneSays: 'الوصفة في محفظة المريض.', another: 'وصف دواء آخر', missing: { medicine: 'أدخل الدواء', dosage: 'أدخل كيف يؤخذ', until: 'اختر يومًا خلال سنة', quantity: 'هذا الرقم غير ممكن', unit: 'أدخل الوحدة' },
  },
  issued: {
    none: 'لم تصف شيئًا بعد.', at: 'وُصفت {time}', until: 'صالحة حتى {date}', states: { unused: 'لم تُصرف', dispensed: 'صُرفت', void: 'سُحبت' }, use: 'رقم {number}', withdraw: 'سحب', withdrawTitle: 'سحب {title}؟', withdrawSays: 'لن تصرفها أي صيدلية. ما صُرف يبقى مصروفًا.', withdrawn: 'سُحبت {title}',
  },
  counter: {
    lead: 'يمسح المريض الرمز بمحفظته ويسلّم وصفة واحدة.', show: 'إظهار رمز', code: 'رمز لمحفظة المريض', openWallet: 'فتح المحفظة على هذا الجهاز', waits: 'بانتظار المريض…', over: 'انتهت صلاحية الرمز', next: 'المريض التالي',
    verified: 'يجوز صرفها', verifiedSays: 'وقّعها من يحق له الوصف، صالحة ولم تُستعمل بعد. لا تسلّم شيئًا قبل الصرف.', person: 'لـ', born: 'مواليد {date}', nameless: 'لم يذكر المريض من هو', prescriber: 'وصفها', use: 'الصرف رقم {number} من {all}', until: 'صالحة حتى', dispense: 'التوقيع والصرف', dispensing: 'السجل يتسلمها…',
    dispensed: 'صُرفت: سلّم الدواء', written: 'سُجل ذلك في سجل المريض.', given: 'تلقت محفظة المريض المذكرة.', refused: 'لا تسلّم شيئًا', unknown: 'لا تسلّم شيئًا بعد', unknownSays: 'السجل لا يجيب، ولا أحد يعرف إن صُرفت. حاول مرة أخرى.',
    reasons: {
      malformed: 'هذه ليست وصفة.', 'signature-invalid': 'لم يوقّع الواصف هذا: لقد غُيّر أو زُوّر.', 'prescriber-unknown': 'من وقّعها لا يحق له الوصف، أو لم يعد يحق له.', 'not-yet': 'ليست صالحة بعد.', expired: 'انتهت صلاحيتها.', 'use-unknown': 'إثبات هذا الصرف غير صحيح.', void: 'سحبها من وصفها.', 'already-dispensed': 'صُرفت من قبل.',
    },
    tell: 'إبلاغ المريض', told: 'أُبلغ المريض.',
  },
};
