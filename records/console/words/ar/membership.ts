import type { Translation } from '#faces/words/words.ts';
import type { membership as en } from '../en/membership.ts';

export const membership: Translation<typeof en> = {
  signIn: { signing: 'جارٍ تسجيل الدخول…', failed: 'لم تسجل الدخول', anonymous: 'غير مسجل بعد' },
  apply: {
    title: 'التسجيل', lead: 'قل من أنت. الجهة التي تسجل مهنتك تتحقق وتقرر. حتى ذلك الحين لا ترى شيئًا عن أي مريض.', again: 'التقديم من جديد', role: 'أنت',
    hints: {
      doctor: 'يقرأ السجلات ويكتبها ويصف الأدوية ويحيل المرضى', nurse: 'يقرأ السجلات ويكتبها', pharmacy: 'تصرف الوصفات', hospital: 'مؤسسة لها موظفون', laboratory: 'يتلقى الطلبات ويكتب النتائج',
      researcher: 'يطلب بيانات من المرضى', 'device-operator': 'يكتب ما تقيسه الأجهزة', verifier: 'يتحقق من التصاريح الصحية',
    },
    name: 'الاسم', nameHint: 'كما يعرفك المرضى والزملاء', organisation: 'المؤسسة التي تعمل لها', organisationHint: 'تؤكد هويتك وتسلمك المفتاح الذي يفتح ما يشاركه المرضى معها.',
    country: 'البلد', licence: 'رقم الترخيص أو القيد', licenceHint: 'تتحقق منه الجهة.', send: 'إرسال الطلب',
    missing: { role: 'اختر صفتك', name: 'أدخل اسمك', country: 'اختر البلد', licence: 'أدخل الرقم' },
  },
  standing: {
    confirming: 'على مؤسستك أن تؤكدك أولًا', waiting: 'طلبك قيد التحقق', waitingSays: 'تقدمت بصفة {role} في {date}. عد لاحقًا أو اترك هذه الصفحة مفتوحة: ستلاحظ الجواب.', refused: 'رُفض طلبك', refusedReason: 'السبب المذكور: {reason}', takeBack: 'سحب الطلب',
    approved: 'أنت مسجل', until: 'مسجل حتى', role: 'الصفة', country: 'البلد', licence: 'رقم الترخيص أو القيد', organisation: 'يعمل لدى',
    body: 'أنت تقرر بشأن الطلبات', credential: 'شهادة صفتك', credentialSays: 'موقعة من خدمة السجلات. يستطيع أي أحد التحقق منها دون سؤالنا.', copy: 'نسخ', copied: 'نُسخ.', address: 'رقم حسابك',
    keyWaits: 'لم تسلمك مؤسستك مفتاحها بعد. حتى ذلك الحين لا تستطيع فتح ما يشاركه المرضى معها.', keyHere: 'سلمتك مؤسستك مفتاحها.',
  },
  suspended: { title: 'عضويتك موقوفة', says: 'أوقفتك الجهة التي سجلتك. منذ هذه اللحظة لا تستطيع قراءة شيء أو كتابته، ولا يستطيع أحد مشاركة شيء معك. اسأل الجهة عن السبب.', look: 'التحقق من جديد' },
  staff: {
    key: 'المفتاح', handedTo: 'لدى {name} المفتاح الآن.', asks: 'يقولون إنهم يعملون لديك', confirm: 'تأكيد', confirmTitle: 'هل يعمل {name} لديك؟', confirmSays: 'بعدها تقرر الجهة بشأن الطلب. يتصرف {name} باسمك حتى تنهي أنت أو الجهة ذلك.', confirmed: 'أُكّد {name}.', decline: 'رفض', declineTitle: 'رفض {name}؟', declined: 'رُفض {name}.',
    says: 'من يذكرونك مؤسسةً لهم. سلّم مفتاحك لمن يعملون لديك فقط: به يفتحون ما يشاركه المرضى معك.', none: 'لا أحد يذكرك مؤسسةً له بعد.', handOver: 'تسليم المفتاح', handed: 'لديه المفتاح',
    handTitle: 'تسليم المفتاح إلى {name}؟', handSays: 'يستطيع {name} عندئذ فتح كل ما يشاركه المرضى معك، الآن ولاحقًا. لا يمكن استرجاع المفتاح.',
  },
};
