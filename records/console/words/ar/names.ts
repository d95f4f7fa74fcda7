import type { Translation } from '#faces/words/words.ts';
import type { names as en } from '../en/names.ts';

export const names: Translation<typeof en> = {
  roles: {
    patient: 'مريض', doctor: 'طبيب', nurse: 'ممرض', pharmacy: 'صيدلية', hospital: 'مستشفى', laboratory: 'مختبر', researcher: 'باحث', 'device-operator': 'مشغل أجهزة', verifier: 'مكتب تحقق', gateway: 'خدمة السجلات',
  },
  categories: {
    allergies: 'الحساسية', conditions: 'الأمراض', medications: 'الأدوية', immunizations: 'التطعيمات', results: 'النتائج', imaging: 'التصوير', procedures: 'الإجراءات', vitals: 'العلامات الحيوية', encounters: 'الزيارات', documents: 'الوثائق',
    devices: 'الأجهزة', social: 'الحالة الاجتماعية', plans: 'الخطط والطلبات', sensitive: 'حساس على نحو خاص',
  },
  purposes: {
    TREAT: 'العلاج', ETREAT: 'العلاج الطارئ', HPAYMT: 'الدفع', HOPERAT: 'إدارة المؤسسة', HRESCH: 'البحث', PUBHLTH: 'الصحة العامة', PATRQT: 'بطلب من المريض', CAREMGT: 'تنسيق الرعاية',
  },
  cautions: { 'do-not-perform': 'لا يُعطى ولا يُجرى', 'entered-in-error': 'أُدخل خطأً', refuted: 'مستبعد', 'not-done': 'لم يُجرَ', 'not-taken': 'لم يؤخذ', 'not-ordered': 'مقترح أو مخطط له فقط، ولم يؤمر به', qualified: 'قيّده كاتبه بطريقة لا تظهر هنا' },
  statuses: {
    active: 'نشط', amended: 'عُدِّل لاحقًا', cancelled: 'أُلغي', completed: 'تم', corrected: 'صُحِّح', current: 'حالي', draft: 'مسودة', 'entered-in-error': 'أُدخل خطأً', final: 'نهائي', finished: 'انتهى', 'in-progress': 'جارٍ', intended: 'مقصود', 'not-done': 'لم يُجرَ', 'not-taken': 'لم يؤخذ', 'on-hold': 'معلَّق', planned: 'مخطَّط', preliminary: 'أولي', registered: 'منتظر', stopped: 'أُوقف', superseded: 'استُبدل', unknown: 'غير معروف',
  },
  inside: {
    categories: { allergies: 'الحساسية', conditions: 'الأمراض', medications: 'الأدوية', immunizations: 'التطعيمات', results: 'النتائج', imaging: 'التصوير', procedures: 'الإجراءات', vitals: 'العلامات الحيوية', encounters: 'الزيارات', documents: 'الوثائق', devices: 'الأجهزة', social: 'الحالة الاجتماعية', plans: 'الخطط والطلبات', sensitive: 'السجلات الحساسة على نحو خاص' },
    purposes: { TREAT: 'العلاج', ETREAT: 'العلاج الطارئ', HPAYMT: 'الدفع', HOPERAT: 'إدارة المؤسسة', HRESCH: 'البحث', PUBHLTH: 'الصحة العامة', PATRQT: 'ما طلبه المريض', CAREMGT: 'تنسيق الرعاية' },
  },
  actions: { read: 'القراءة', write: 'الكتابة' },
};
