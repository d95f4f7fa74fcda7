import type { Translation } from '#faces/words/words.ts';
import type { frame as en } from '../en/frame.ts';

export const frame: Translation<typeof en> = {
  name: 'سجلات healthpass',
  menu: 'الأقسام',
  offline: 'لا يوجد اتصال. لا يمكن القراءة أو الكتابة حتى تعود الشبكة.',
  lockNow: 'القفل الآن',
  starting: 'جارٍ الفتح…',
  notHere: 'لا يوجد شيء هنا.',
  places: { patients: 'المرضى', counter: 'منضدة الصرف', prescriptions: 'الوصفات', emergency: 'الطوارئ', reviews: 'المراجعات', applications: 'الطلبات', members: 'الأعضاء', staff: 'العاملون لدينا', membership: 'صفتي', account: 'المفاتيح والقفل' },
  errors: {
    'wallet-locked': 'المفاتيح مقفلة، أو أن هذا لا يفتحها.', 'wallet-corrupt': 'المفاتيح على هذا الجهاز تالفة. استعدها من ملف مفاتيحك.', 'wallet-newer': 'هذه المفاتيح من إصدار أحدث. أعد تحميل الصفحة للحصول عليه.',
    'wallet-missing': 'لا توجد مفاتيح على هذا الجهاز.', 'wallet-exists': 'توجد مفاتيح على هذا الجهاز من قبل.', 'backup-invalid': 'هذا ليس ملف مفاتيح يمكن قراءته هنا.',
    'passkey-refused': 'لم ينجح ذلك: أُلغي، أو استغرق وقتًا طويلًا، أو حُذف مفتاح المرور.', 'passkey-unsupported': 'لا تستطيع مفاتيح المرور حماية مفاتيحك في هذا المتصفح. استخدم عبارة مرور.',
    'storage-full': 'لم يبق مكان على هذا الجهاز. احذف شيئًا آخر ثم حاول من جديد.', 'service-unavailable': 'تعذر الوصول إلى الخدمة. تحقق من الاتصال ثم حاول من جديد.',
  },
};
