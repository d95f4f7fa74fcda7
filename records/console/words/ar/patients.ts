import type { Translation } from '#faces/words/words.ts';
import type { patients as en } from '../en/patients.ts';

export const patients: Translation<typeof en> = {
  patients: {
    none: 'لا يشارك أي مريض شيئًا معك بعد.', noneSays: 'اسأل مريضًا: يمسح رمزًا بمحفظته ويقرر.', ask: 'سؤال مريض', search: 'البحث بالاسم', born: 'وُلد في {date}', nameless: 'لا يمكن فتح الاسم', until: 'حتى {date}', pending: 'يُكتب في السجل',
    notRequested: 'وصل دون أن تطلب', notRequestedSays: 'لم يصل هذا برمز طلب منك. تأكد بطريقة أخرى من هوية المريض.', count: { one: 'مريض واحد يشارك معك', two: 'مريضان يشاركان معك', few: '{count} مرضى يشاركون معك', many: '{count} مريضًا يشاركون معك', other: '{count} مريض يشاركون معك' }, open: 'فتح السجل', nothing: 'لا يوجد مريض مطابق.', unanswered: 'طلبات بلا جواب', expires: 'مفتوح حتى {time}', showAgain: 'إظهار الرمز من جديد',
  },
  ask: {
    title: 'سؤال مريض', lead: 'يرى المريض هذا بالضبط، ويستطيع أن يعطي أقل أو لا شيء.', purpose: 'لأي غرض', actions: 'ما تريد فعله', read: 'القراءة', write: 'الكتابة', categories: 'أي سجلات', all: 'كل السجلات العادية', some: 'بعضها فقط', sensitiveHint: 'الطب النفسي والصحة الجنسية والإدمان والوراثة. اطلبها عند الحاجة فقط.',
    period: 'لأي مدة', periods: { day: 'اليوم', week: 'أسبوع', month: '30 يومًا', year: 'سنة', chosen: 'حتى يوم أختاره' }, until: 'حتى', forOrganisation: 'لكل العاملين في', forOrganisationHint: 'وإلا فلك وحدك.', message: 'كلمة للمريض', messageHint: 'لا شيء عن صحته: من يرى الرمز يستطيع قراءتها.', send: 'إنشاء الرمز',
    missing: { actions: 'اختر واحدًا على الأقل', categories: 'اختر واحدًا على الأقل', until: 'اختر يومًا في المستقبل، خلال عشر سنوات على الأكثر' },
    show: 'دع المريض يمسح هذا', showSays: 'بمحفظته أو بكاميرا هاتفه. يصلح الرمز مرة واحدة، حتى {time}.', code: 'رمز لمحفظة المريض', openWallet: 'فتح المحفظة على هذا الجهاز', waits: 'في انتظار المريض…', granted: 'وافق المريض', grantedSays: 'انظر إلى الاسم: أهو الشخص الذي أمامك؟', over: 'انتهت صلاحية الرمز', another: 'السؤال من جديد',
  },
  access: {
    title: 'ما يجوز لك', says: 'يجوز لك {actions}: {what}، الغرض {purposes}، حتى {until}.', everything: 'كل السجلات العادية', anyPurpose: 'أي غرض', ended: 'انتهى هذا', endedSays: 'أنهاه المريض، أو انقضى وقته. ما قرأته يبقى لديك، ولا يمكن فتح شيء يُكتب منذ الآن.',
    readings: 'قراءاتك', readingsSays: 'كل واحدة مقيدة بغرضها في سجل الوصول الخاص بالمريض، ووقّعت خدمة السجلات على ذلك.', noReadings: 'لم تقرأ شيئًا بعد.', reading: { one: '{purpose}: مدخل واحد', two: '{purpose}: مدخلان', few: '{purpose}: {count} مدخلات', many: '{purpose}: {count} مدخلًا', other: '{purpose}: {count} مدخل' }, receipt: 'إيصال',
  },
};
