import type { Translation } from '#faces/words/words.ts';
import type { writing as en } from '../en/writing.ts';

export const writing: Translation<typeof en> = {
  writing: {
    title: 'ماذا تريد أن تكتب؟', says: 'يُتحقق منه ويُوقّع بمفتاحك ويُشفّر لمن يسمح لهم المريض بقراءته.', sign: 'التوقيع والكتابة', written: 'كُتب ووُقّع.', another: 'كتابة شيء آخر', toTimeline: 'إلى التسلسل الزمني', draft: 'يبقى ما تكتبه مشفرًا على هذا الجهاز حتى يُدوَّن.', discard: 'تجاهل المسودة',
    nothing: 'أدخل قيمة واحدة على الأقل', checked: 'لم يُعثر على خطأ.', check: 'تحقق', checking: 'جارٍ التحقق…', file: 'ملف FHIR (JSON)', paste: 'أو ألصقه', resource: 'FHIR R4، مورد واحد أو Bundle', problems: { one: 'عُثر على خطأ واحد. لم يُكتب شيء.', two: 'عُثر على خطأين. لم يُكتب شيء.', few: 'عُثر على {count} أخطاء. لم يُكتب شيء.', many: 'عُثر على {count} خطأ. لم يُكتب شيء.', other: 'عُثر على {count} خطأ. لم يُكتب شيء.' }, where: 'السطر {line}', several: { one: 'سيُكتب مدخل واحد', two: 'سيُكتب مدخلان', few: 'ستُكتب {count} مدخلات', many: 'سيُكتب {count} مدخلًا', other: 'سيُكتب {count} مدخل' },
    left: { one: 'مدخل واحد من نوع لا يُحفظ هنا', two: 'مدخلان من أنواع لا تُحفظ هنا', few: '{count} مدخلات من أنواع لا تُحفظ هنا', many: '{count} مدخلًا من أنواع لا تُحفظ هنا', other: '{count} مدخل من أنواع لا تُحفظ هنا' }, notJson: 'هذا ليس JSON',
  },
  kinds: {
    visit: { name: 'زيارة', says: 'متى وكيف ولماذا جاء المريض' }, note: { name: 'ملاحظة', says: 'نص حر' }, condition: { name: 'مرض', says: 'تشخيص أو مشكلة' }, allergy: { name: 'حساسية', says: 'حساسية أو عدم تحمل' }, medication: { name: 'دواء يُتناول', says: 'ما يتناوله المريض، وليس وصفة' },
    immunization: { name: 'تطعيم', says: 'لقاح أُعطي' }, result: { name: 'نتيجة مختبر', says: 'قيمة بوحدتها' }, vitals: { name: 'العلامات الحيوية', says: 'ضغط الدم والنبض والوزن…' }, fhir: { name: 'FHIR', says: 'ملف من نظام آخر' },
  },
  fields: {
    visitClass: 'كيف', day: 'التاريخ', reason: 'السبب', title: 'العنوان', text: 'النص', what: 'ماذا', codeSystem: 'نظام الرموز', code: 'الرمز', clinicalStatus: 'الحالة السريرية', allergyStatus: 'الحالة السريرية', certainty: 'اليقين', allergyCertainty: 'اليقين', severity: 'الشدة', onset: 'منذ', allergyType: 'النوع', allergyCategory: 'ضد', criticality: 'الخطر',
    reaction: 'التفاعل', reactionSeverity: 'شدة التفاعل', medicationStatus: 'الحالة', dosage: 'الجرعات', since: 'منذ', vaccine: 'اللقاح', lot: 'التشغيلة', dose: 'الجرعة', test: 'الفحص', value: 'القيمة', interpretation: 'التفسير', systolic: 'ضغط الدم الانقباضي', diastolic: 'ضغط الدم الانبساطي', pulse: 'النبض', temperature: 'الحرارة',
    oxygen: 'تشبع الأكسجين', breathing: 'معدل التنفس', weight: 'الوزن', height: 'الطول', sensitivity: 'حساس على نحو خاص',
  },
  hints: { sensitivity: 'عندئذ يقرؤه فقط من يمنحهم المريض السجلات الحساسة.', code: 'كما يكتبه نظام الرموز', unit: 'بوحدة {unit}' },
  faults: { missing: 'املأ هذا', future: 'هذا في المستقبل', number: 'هذا الرقم غير ممكن', long: 'هذا طويل جدًا', code: 'هذا ليس رمزًا' },
  choices: {
    visitClass: { AMB: 'في العيادة', VR: 'بالفيديو أو الهاتف', HH: 'في المنزل', IMP: 'في المستشفى', EMER: 'طوارئ' },
    clinicalStatus: { active: 'نشط', recurrence: 'متكرر', relapse: 'انتكاس', inactive: 'غير نشط', remission: 'في هدأة', resolved: 'زال' },
    certainty: { confirmed: 'مؤكد', provisional: 'مبدئي', differential: 'تفريقي', unconfirmed: 'غير مؤكد', refuted: 'مستبعد' },
    allergyStatus: { active: 'نشطة', inactive: 'غير نشطة', resolved: 'زالت' },
    allergyCertainty: { confirmed: 'مؤكدة', unconfirmed: 'غير مؤكدة', refuted: 'مستبعدة' },
    allergyType: { allergy: 'حساسية', intolerance: 'عدم تحمل' },
    allergyCategory: { food: 'طعام', medication: 'دواء', environment: 'بيئة', biologic: 'مادة حيوية' },
    criticality: { low: 'منخفض', high: 'مرتفع', 'unable-to-assess': 'لا يمكن تقديره' },
    reactionSeverity: { mild: 'خفيفة', moderate: 'متوسطة', severe: 'شديدة' },
    severity: { mild: 'خفيفة', moderate: 'متوسطة', severe: 'شديدة' },
    medicationStatus: { active: 'يُتناول', intended: 'مخطط', 'on-hold': 'متوقف مؤقتًا', completed: 'انتهى', stopped: 'أُوقف', 'not-taken': 'لا يُتناول', unknown: 'غير معروف' },
    codeSystem: { snomed: 'SNOMED CT', icd10: 'ICD-10', atc: 'ATC', rxnorm: 'RxNorm' },
    test: {
      haemoglobin: 'الهيموغلوبين', leukocytes: 'كريات الدم البيضاء', platelets: 'الصفائح الدموية', glucose: 'الغلوكوز', hba1c: 'الهيموغلوبين السكري', creatinine: 'الكرياتينين', egfr: 'وظيفة الكلى (eGFR)', sodium: 'الصوديوم', potassium: 'البوتاسيوم', alt: 'ناقلة ALT', cholesterol: 'الكوليسترول', ldl: 'كوليسترول LDL', hdl: 'كوليسترول HDL', triglycerides: 'الدهون الثلاثية', crp: 'البروتين التفاعلي (CRP)', tsh: 'هرمون TSH',
    },
    interpretation: { N: 'طبيعي', H: 'مرتفع', L: 'منخفض', HH: 'مرتفع بخطورة', LL: 'منخفض بخطورة', A: 'غير طبيعي' },
    sensitivity: { PSY: 'الطب النفسي', SUD: 'الإدمان', SEX: 'الصحة الجنسية', HIV: 'فيروس HIV', GDIS: 'الوراثة' },
  },
};
