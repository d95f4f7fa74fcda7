import type { Translation } from '#faces/words/words.ts';
import type { body as en } from '../en/body.ts';

export const body: Translation<typeof en> = {
  applications: {
    sending: 'في الطريق إلى السجل…', none: 'لا يوجد طلب في الانتظار.', appliedAt: 'تاريخ الطلب', approve: 'قبول', refuse: 'رفض', until: 'حتى', untilHint: 'تنتهي الصفة من تلقاء نفسها في ذلك اليوم.',
    approveTitle: 'تسجيل {name} بصفة {role}؟', approveSays: 'قارن الرقم بسجلك أولًا. يُوقّع ذلك بمفتاحك ويثبت منذ ذلك الحين في السجل العام.', refuseTitle: 'رفض طلب {name}؟', reason: 'السبب', reasonHint: 'يقرؤه مقدم الطلب.', approved: 'سُجل {name}.', refused: 'رُفض طلب {name}.',
    missing: { until: 'اختر يومًا في المستقبل، خلال خمس سنوات على الأكثر', reason: 'أدخل السبب' },
  },
  members: {
    none: 'لا يوجد أعضاء بعد.', search: 'البحث بالاسم', role: 'الصفة', name: 'الاسم', status: 'الحالة', until: 'حتى', actions: 'الإجراءات', active: 'مسجل', suspended: 'موقوف', over: 'انتهى',
    acts: {
      suspend: { act: 'إيقاف', title: 'إيقاف {name}؟', says: 'فورًا: تنتهي الجلسات، ولا يُجاب عن شيء، ولا يمكن مشاركة شيء معه.', done: 'أُوقف {name}.' },
      reinstate: { act: 'إعادة', title: 'إعادة {name}؟', says: 'يستطيع الدخول من جديد. ما يشاركه المرضى معه يبقى كما كان.', done: 'أُعيد {name}.' },
      withdraw: { act: 'سحب', title: 'سحب صفة {name}؟', says: 'تنتهي الصفة نهائيًا. للعودة لا بد من طلب جديد.', done: 'سُحبت صفة {name}.' },
    },
  },
};
