import type { Translation } from '../words.ts';
import type { accesses as en } from './en.ts';

export const accesses: Translation<typeof en> = {
  who: { of: '{name} ({organisation})', onBehalf: '{name} نيابةً عنك', unnamed: 'عضو بلا اسم ({address})' },
  what: {
    all: 'كل الأنواع', allergies: 'الحساسية', conditions: 'الأمراض', medications: 'الأدوية', immunizations: 'التطعيمات', results: 'النتائج', imaging: 'الصور الطبية', procedures: 'الإجراءات', vitals: 'العلامات الحيوية',
    encounters: 'الزيارات', documents: 'الوثائق', devices: 'الأجهزة', social: 'ظروف المعيشة', plans: 'الخطط والطلبات', sensitive: 'السجلات الحساسة على نحو خاص',
  },
  why: {
    TREAT: 'من أجل العلاج', ETREAT: 'من أجل علاج طارئ', HPAYMT: 'من أجل الدفع', HOPERAT: 'من أجل إدارة المؤسسة', HRESCH: 'من أجل البحث', PUBHLTH: 'من أجل الصحة العامة', PATRQT: 'بناءً على طلبك', CAREMGT: 'من أجل تنسيق رعايتك',
  },
  read: {
    zero: 'اطّلع {who} على سجلاتك: {what} ({count} سجل)، في {when}، {why}.', one: 'اطّلع {who} على سجلاتك: {what} (سجل واحد)، في {when}، {why}.', two: 'اطّلع {who} على سجلاتك: {what} (سجلان)، في {when}، {why}.',
    few: 'اطّلع {who} على سجلاتك: {what} ({count} سجلات)، في {when}، {why}.', many: 'اطّلع {who} على سجلاتك: {what} ({count} سجلًا)، في {when}، {why}.', other: 'اطّلع {who} على سجلاتك: {what} ({count} سجل)، في {when}، {why}.',
  },
  readInEmergency: {
    zero: 'في حالة طارئة ومن دون موافقتك اطّلع {who} على سجلاتك: {what} ({count} سجل)، في {when}.', one: 'في حالة طارئة ومن دون موافقتك اطّلع {who} على سجلاتك: {what} (سجل واحد)، في {when}.',
    two: 'في حالة طارئة ومن دون موافقتك اطّلع {who} على سجلاتك: {what} (سجلان)، في {when}.', few: 'في حالة طارئة ومن دون موافقتك اطّلع {who} على سجلاتك: {what} ({count} سجلات)، في {when}.',
    many: 'في حالة طارئة ومن دون موافقتك اطّلع {who} على سجلاتك: {what} ({count} سجلًا)، في {when}.', other: 'في حالة طارئة ومن دون موافقتك اطّلع {who} على سجلاتك: {what} ({count} سجل)، في {when}.',
  },
  readNothing: 'طلب {who} سجلاتك: {what}، في {when}، {why}، ولم يُعرض عليه شيء.',
  withheld: {
    zero: 'لم يُحجب أي سجل مطلوب ({count}).', one: 'لم يُعرض سجل واحد مما طُلب.', two: 'لم يُعرض سجلان مما طُلب.', few: 'لم تُعرض {count} سجلات مما طُلب.', many: 'لم يُعرض {count} سجلًا مما طُلب.', other: 'لم يُعرض {count} سجل مما طُلب.',
  },
  denied: { read: 'حاول {who} الاطلاع على سجلاتك: {what}، في {when}، {why}، ورُفض طلبه.', write: 'حاول {who} الإضافة إلى سجلاتك: {what}، في {when}، {why}، ورُفض طلبه.' },
  reasons: {
    'no-consent': 'لم تسمح بشيء من هذا القبيل.', revoked: 'كنت قد سحبت موافقتك.', changed: 'كانت موافقتك قد تغيرت ولم تكن معروفة هنا بعد.', 'not-yet': 'لم تكن موافقتك قد بدأت.', expired: 'كانت موافقتك قد انتهت.',
    action: 'موافقتك لا تسمح بذلك.', purpose: 'موافقتك ليست لهذا الغرض.', category: 'موافقتك لا تشمل هذه السجلات.', sensitive: 'السجلات الحساسة على نحو خاص لا تُعرض إلا حيث تقول ذلك.',
    date: 'موافقتك لا تشمل هذه المدة.', record: 'موافقتك لا تشمل هذا السجل.', author: 'موافقتك لا تشمل سجلات هذا الكاتب.', exception: 'كنت قد جعلت استثناءً.', denied: 'كنت قد منعت ذلك.',
  },
  written: 'أضاف {who} سجلًا إلى سجلاتك ({what}) في {when}.',
  own: 'أضفت سجلًا خاصًا بك ({what}) في {when}.',
  consent: {
    granted: 'في {when} سمحت لـ {recipient} برؤية سجلاتك: {what}.', changed: 'في {when} غيّرت ما يمكن لـ {recipient} رؤيته: {what}.', withdrawn: 'في {when} سحبت ما كان مسموحًا لـ {recipient}.',
    grantedBy: 'في {when} سمح {who} لـ {recipient} برؤية سجلاتك: {what}.', changedBy: 'في {when} غيّر {who} ما يمكن لـ {recipient} رؤيته: {what}.', withdrawnBy: 'في {when} سحب {who} ما كان مسموحًا لـ {recipient}.',
  },
  emergency: {
    asked: 'طلب {who} في {when} رؤية سجلاتك في حالة طارئة.', approved: 'وافق {who} في {when} على رؤية سجلاتك في حالة طارئة.', opened: 'في {when} فُتحت سجلاتك لـ {who} بسبب حالة طارئة.',
    ended: 'في {when} انتهى الاطلاع الطارئ لـ {who}.', reviewed: 'في {when} راجع {who} اطلاعًا طارئًا على سجلاتك.',
  },
  disclosed: { delegate: 'في {when} سمحت بأن يتصرف {recipient} عنك في سجلاتك: {what}.', guardian: 'في {when} أعطيت {recipient} جزءًا من مفتاحك ليحفظه.' },
  unreadable: 'قُيّد هنا شيء لا يستطيع هذا البرنامج التعبير عنه بالكلمات.',
  verdict: {
    complete: {
      zero: 'هذا السجل كامل: لا قيود فيه ({count}).', one: 'هذا السجل كامل: قيده الوحيد في السجل العام من دون تغيير.', two: 'هذا السجل كامل: قيداه في السجل العام من دون تغيير ولا نقص.',
      few: 'هذا السجل كامل: قيوده الـ {count} في السجل العام من دون تغيير ولا نقص.', many: 'هذا السجل كامل: قيوده الـ {count} في السجل العام من دون تغيير ولا نقص.', other: 'هذا السجل كامل: قيوده الـ {count} في السجل العام من دون تغيير ولا نقص.',
    },
    waiting: {
      zero: 'لا قيود تنتظر السجل العام ({count}).', one: 'قيد واحد حديث جدًا فليس في السجل العام بعد.', two: 'قيدان حديثان جدًا فليسا في السجل العام بعد.',
      few: '{count} قيود حديثة جدًا فليست في السجل العام بعد.', many: '{count} قيدًا حديثًا جدًا ليست في السجل العام بعد.', other: '{count} قيد حديث جدًا ليست في السجل العام بعد.',
    },
    empty: 'لم يطّلع أحد حتى الآن، والسجل العام يؤكد ذلك.',
    broken: 'هذا السجل لا يصمد. على من يمسكه أن يشرح ما يلي:',
  },
  findings: {
    gap: 'القيد {entry} ناقص.', reordered: 'القيد {entry} ليس في مكانه.', 'event-changed': 'غُيّر القيد {entry} بعد توقيعه.', 'signature-wrong': 'القيد {entry} غير موقّع من البوابة.',
    fork: 'هناك روايتان: القيد {entry} يختلف عما وُقّع أو ثُبّت.', 'missing-from-anchor': 'لم يُعرض شيء للمرساة {anchor} على السلسلة.', 'rolled-back': 'في المرساة {anchor} قيود أقل مما في مرساة قبلها.',
    'anchor-not-on-chain': 'ما عُرض للمرساة {anchor} ليس ما على السلسلة.', 'anchor-overdue': 'لم يُثبَّت القيد {entry} في وقته؛ وربما كُتب لاحقًا.',
    'receipt-unknown': 'لدى أحدهم إيصال باطلاع غير مقيّد هنا.', 'gateway-without-role': 'وُقّع القيد {entry} حين لم يكن للبوابة حق في ذلك.', 'time-wrong': 'للقيد {entry} وقت مستحيل.',
  },
};
