import type { MissWords, RuleWords } from '../types.ts';

// Lengths of time stand in the genitive here: "قبل يومين".
export const rule: RuleWords = {
  units: {
    minute: { one: 'دقيقة واحدة', two: 'دقيقتين', few: '{count} دقائق', many: '{count} دقيقة', other: '{count} دقيقة' },
    hour: { one: 'ساعة واحدة', two: 'ساعتين', few: '{count} ساعات', many: '{count} ساعة', other: '{count} ساعة' },
    day: { one: 'يوم واحد', two: 'يومين', few: '{count} أيام', many: '{count} يومًا', other: '{count} يوم' },
    year: { one: 'سنة واحدة', two: 'سنتين', few: '{count} سنوات', many: '{count} سنة', other: '{count} سنة' },
  },
  facts: {
    vaccinated: 'أنك تلقيت لقاحًا ضد {diseases}', vaccinatedAny: 'أنك تلقيت لقاحًا', negative: 'أن نتيجة فحصك بشأن {diseases} سلبية', positive: 'أن نتيجة فحصك بشأن {diseases} إيجابية',
    antibodies: 'أن فحصًا وجد لديك أجسامًا مضادة ضد {diseases}', tested: 'أنك أجريت فحصًا بشأن {diseases}', testedAny: 'أنك أجريت فحصًا', recovered: 'أنك أُصبت بمرض {diseases} وتعافيت',
    recoveredAny: 'أنك تعافيت من مرض', record: 'أن لديك سجلًا صحيًا بشأن {diseases}', recordAny: 'أن لديك سجلًا صحيًا ساريًا',
  },
  heads: {
    vaccinated: 'تطعيم ضد {diseases}', vaccinatedAny: 'تطعيم', negative: 'نتيجة سلبية لفحص بشأن {diseases}', positive: 'نتيجة إيجابية لفحص بشأن {diseases}', antibodies: 'أجسام مضادة ضد {diseases} أظهرها فحص',
    tested: 'فحص بشأن {diseases}', testedAny: 'فحص', recovered: 'تعافٍ من {diseases}', recoveredAny: 'تعافٍ من مرض', record: 'أي سجل صحي بشأن {diseases}', recordAny: 'أي سجل صحي',
  },
  age: {
    fact: { one: 'أن عمرك لا يقل عن سنة واحدة', two: 'أن عمرك لا يقل عن سنتين', few: 'أن عمرك لا يقل عن {count} سنوات', many: 'أن عمرك لا يقل عن {count} سنة', other: 'أن عمرك لا يقل عن {count} سنة' },
    head: { one: 'العمر سنة واحدة أو أكثر', two: 'العمر سنتان أو أكثر', few: 'العمر {count} سنوات أو أكثر', many: 'العمر {count} سنة أو أكثر', other: 'العمر {count} سنة أو أكثر' },
  },
  conditions: {
    complete: 'مع كل جرعات الدورة', dose: { other: 'الجرعة {count} على الأقل' }, from: 'قبل {time} على الأقل', until: 'قبل {time} على الأكثر', between: 'قبل {from} على الأقل و{to} على الأكثر',
    products: 'بلقاح من: {products}', productsMany: { one: 'بلقاح واحد مقبول', two: 'بأحد لقاحين مقبولين', few: 'بأحد {count} لقاحات مقبولة', many: 'بأحد {count} لقاحًا مقبولًا', other: 'بأحد {count} لقاح مقبول' },
    euVaccines: 'بلقاح مرخّص في الاتحاد الأوروبي', tests: 'عن طريق {tests}', results: 'والنتيجة {results}',
    age: { one: 'لمن لا يقل عمره عن سنة واحدة', two: 'لمن لا يقل عمره عن سنتين', few: 'لمن لا يقل عمره عن {count} سنوات', many: 'لمن لا يقل عمره عن {count} سنة', other: 'لمن لا يقل عمره عن {count} سنة' },
  },
  comma: '، ',
  sentence: {
    one: 'يثبت {facts}.', oneOf: 'يثبت {facts}، دون ذكر أيٍّ منها.',
    waysOf: { one: 'يثبت {facts}.', two: 'يثبت {facts} بإحدى طريقتين، دون ذكر أيهما.', few: 'يثبت {facts} بإحدى {count} طرق، دون ذكر أيٍّ منها.', many: 'يثبت {facts} بإحدى {count} طريقة، دون ذكر أيٍّ منها.', other: 'يثبت {facts} بإحدى {count} طريقة، دون ذكر أيٍّ منها.' },
    many: {
      one: 'يثبت استيفاء شرط واحد من هذه القاعدة.', two: 'يثبت استيفاء أحد شرطَي هذه القاعدة، دون ذكر أيهما.', few: 'يثبت استيفاء أحد {count} شروط لهذه القاعدة، دون ذكر أيٍّ منها.',
      many: 'يثبت استيفاء أحد {count} شرطًا لهذه القاعدة، دون ذكر أيٍّ منها.', other: 'يثبت استيفاء أحد {count} شرط لهذه القاعدة، دون ذكر أيٍّ منها.',
    },
    also: 'ويثبت أيضًا {facts}.', nothingElse: 'ولا يظهر أي شيء آخر.', secret: 'ويبقى سرًّا: {items}.',
  },
  secrets: { which: 'أيُّ الطرق تنطبق عليك', name: 'اسمك', birth: 'تاريخ ميلادك', when: 'التواريخ الدقيقة', provider: 'من قدّم لك الرعاية', rest: 'كل ما عدا ذلك في سجلاتك الصحية' },
  extras: {
    match: 'يقارن الموظفون الرمز بالاسم وتاريخ الميلاد في وثيقة هويتك.',
    once: 'علامة خاصة بهذه الفعالية تتيح لك الدخول مرة واحدة. لا تقول شيئًا عنك ولا يمكن تتبعك بها في أي مكان آخر.',
  },
};

export const miss: MissWords = {
  conditions: {
    kind: 'هذا {has}؛ والمطلوب {needs}.', disease: 'هذا بشأن {has} وليس {needs}.', product: 'هذا اللقاح لا يُحتسب لهذه القاعدة: {has}.', dose: 'الجرعة {needs} غير موجودة؛ والسجل خاص بالجرعة {has}.',
    series: 'الدورة غير مكتملة: السجل خاص بالجرعة {has} من {needs}.', seriesUnknown: 'السجل لا يذكر أن الدورة مكتملة.', tooEarly: 'يُحتسب ابتداءً من {date}.', tooOld: 'كان يُحتسب حتى {date}.',
    test: 'الفحص كان {has}؛ والمطلوب {needs}.', result: 'النتيجة {has}؛ والمطلوب {needs}.', age: 'تبلغ السن المطلوبة ابتداءً من {date}.', expires: 'ينتهي السجل في {date}.',
  },
  blocks: {
    revoked: 'سحبت الجهة المُصدرة هذا السجل.', suspended: 'أوقفت الجهة المُصدرة هذا السجل مؤقتًا.', 'issuer-removed': 'الجهة المُصدرة لهذا السجل لم تعد معتمدة.',
    'issuer-suspended': 'الجهة المُصدرة لهذا السجل غير معتمدة حاليًا.', 'status-unknown': 'لا يُعرف بعد إن كان هذا السجل ما زال ساريًا. اتصل بالإنترنت مرة واحدة.',
    'signature-superseded': 'يجب تجديد هذا السجل. اتصل بالإنترنت مرة واحدة.', 'name-missing': 'لا يحمل هذا السجل اسمًا يمكن مقارنته بوثيقة.',
  },
  why: { 'no-credential': 'لا يوجد سجل صحي لهذا الشخص بعد.', 'not-yet': 'لا يُحتسب أيٌّ من السجلات بعد.', unmet: 'لا يستوفي أيٌّ من السجلات هذه القاعدة.' },
  fitsFrom: 'سيكون مناسبًا ابتداءً من {date}.', afterDose: 'تُحتسب الجرعة الجديدة بعد {time}.', needed: 'ما يناسب: {way}.',
};
