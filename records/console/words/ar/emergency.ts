import type { Translation } from '#faces/words/words.ts';
import type { emergency as en } from '../en/emergency.ts';

export const emergency: Translation<typeof en> = {
  emergency: {
    lead: 'فقط حين يتعذّر سؤال المريض. يُبلَّغ المريض فورًا، وتقرر مستشفيات أخرى، ويُراجَع كل وصول.', ask: 'طلب في حالة طارئة', own: 'ما طلبه مستشفاكم', noneOwn: 'لم يُطلب شيء بعد.', waiting: 'بانتظار مستشفاكم', noneWaiting: 'لا شيء ينتظر موافقتكم.',
    find: 'كيف تعرف المريض؟', finds: { card: 'برمز بطاقة الطوارئ', insurance: 'برقم التأمين', person: 'بالاسم وتاريخ الميلاد' }, code: 'الرمز', codeHint: '26 حرفًا ورقمًا. لا تهم الأحرف الصغيرة ولا المسافات.', number: 'رقم التأمين', name: 'الاسم', nameHint: 'الاسم الأول واسم العائلة بأي ترتيب', birthDate: 'تاريخ الميلاد',
    reason: 'السبب', reasons: { unconscious: 'فاقد الوعي', 'life-threatening': 'حياته في خطر', 'cannot-consent': 'لا يستطيع الموافقة', poisoning: 'تسمم', 'mass-casualty': 'مصابون كثيرون' }, hours: 'المدة', hoursOf: { zero: '{count} ساعة', one: 'ساعة واحدة', two: 'ساعتان', few: '{count} ساعات', many: '{count} ساعة', other: '{count} ساعة' }, send: 'التوقيع والطلب',
    missing: { code: 'هذا ليس رمز بطاقة طوارئ', number: 'أدخل الرقم', name: 'أدخل الاسم الأول واسم العائلة', birthDate: 'أدخل تاريخ الميلاد' }, nobody: 'لا أحد يُعثر عليه بهذه الطريقة', nobodySays: 'إما أن هذا غير صحيح، أو أن المريض لا يريد أن يُعثر عليه. من دون سجل يمكنك قبوله كشخص مجهول.',
    states: { asked: 'ينتظر الموافقات', released: 'مفتوح', ended: 'منتهٍ', reviewed: 'تمت مراجعته', failed: 'لم يقبله السجل' }, findings: { justified: 'مبرر', remarks: 'مبرر مع ملاحظات', unjustified: 'غير مبرر', misuse: 'إساءة استخدام' },
    by: 'طلبه', at: 'وقت الطلب', until: 'حتى', approvals: 'وافق {have} من {needed} مستشفيات', approvedBy: 'وافق عليه', approve: 'موافقة', approveTitle: 'الموافقة على وصول {name}؟', approveSays: 'يمرر مستشفاكم جزأه من المفتاح. لن تعرف من هو المريض. أثبت أنك أنت:', approved: 'تمت الموافقة ومُرر جزؤكم', finish: 'تمرير الجزء',
    waits: 'بانتظار مستشفيات أخرى…', waitsSays: 'تتابع هذه الصفحة من تلقاء نفسها.', reading: 'جارٍ الفتح…', who: 'المريض', nameless: 'لم يذكر من هو', records: 'ما أعده المريض', empty: 'لا شيء مُعد من هذه الأنواع: {categories}', end: 'إنهاء الوصول', endTitle: 'إنهاء الوصول؟', endSays: 'لن يمكن قراءة أي شيء بعد ذلك. يُبلَّغ المريض.', over: 'انتهى هذا الوصول',
    unknown: 'أشخاص لا يعرفهم أحد', unknownSays: 'اكتب لشخص لا تعرف اسمه. حين يُعرف ويوافق، يُسلَّم إليه كل شيء.', label: 'كيف تسمي الشخص', labelHint: 'القسم والسرير، أو متى وأين وُجد. لا تخمّن الاسم.', add: 'قبول', added: 'تم قبول {label}', toRecord: 'فتح السجل', since: 'منذ {time}',
    handOver: 'تسليم', handOverTitle: 'تسليم {label}', handOverSays: 'اختر المريض الذي يشاركك ويسمح لك بالكتابة. يُكتب كل شيء هناك موقعًا منك، وينتهي السجل المؤقت.', handOverTo: 'المريض', handedOver: { zero: 'لم يُسلَّم شيء', one: 'سُلّم مدخل واحد', two: 'سُلّم مدخلان', few: 'سُلّمت {count} مدخلات', many: 'سُلّم {count} مدخلًا', other: 'سُلّم {count} مدخل' }, noPatient: 'اطلب أولًا من الشخص أن يشاركك، كأي مريض.',
  },
  reviews: {
    none: 'لا شيء للمراجعة.', lead: 'كل وصول طارئ: من طلبه ولماذا ومن وافق وكم قُرئ. لن ترى من هو المريض.', reads: { zero: 'لم يُقرأ', one: 'قُرئ مرة واحدة', two: 'قُرئ مرتين', few: 'قُرئ {count} مرات', many: 'قُرئ {count} مرة', other: 'قُرئ {count} مرة' }, review: 'مراجعة', title: 'ماذا وجدت؟', says: 'يُوقَّع ويبقى في السجل كبصمة، ويُبلَّغ المريض. وبه ينتهي الوصول.', finding: 'النتيجة', done: 'المراجعة موقّعة', openedAt: 'وقت الفتح', neverOpened: 'لم يُفتح قط',
  },
  stepUp: { passkey: 'التأكيد بمفتاح المرور', passphrase: 'تأكيد' },
};
