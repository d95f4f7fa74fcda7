import type { MissWords, RuleWords } from '../types.ts';

export const rule: RuleWords = {
  units: {
    minute: { one: '{count} minuto', other: '{count} minutos' }, hour: { one: '{count} hora', other: '{count} horas' },
    day: { one: '{count} día', other: '{count} días' }, year: { one: '{count} año', other: '{count} años' },
  },
  facts: {
    vaccinated: 'se vacunó contra {diseases}', vaccinatedAny: 'se vacunó', negative: 'dio negativo en una prueba para {diseases}', positive: 'dio positivo en una prueba para {diseases}',
    antibodies: 'tiene anticuerpos contra {diseases} según una prueba', tested: 'se hizo una prueba para {diseases}', testedAny: 'se hizo una prueba', recovered: 'ha superado {diseases}',
    recoveredAny: 'ha superado una enfermedad', record: 'tiene un registro de salud sobre {diseases}', recordAny: 'tiene un registro de salud válido',
  },
  heads: {
    vaccinated: 'Vacunación contra {diseases}', vaccinatedAny: 'Vacunación', negative: 'Prueba negativa para {diseases}', positive: 'Prueba positiva para {diseases}',
    antibodies: 'Anticuerpos contra {diseases} hallados en una prueba', tested: 'Prueba para {diseases}', testedAny: 'Prueba', recovered: 'Haber superado {diseases}',
    recoveredAny: 'Haber superado una enfermedad', record: 'Cualquier registro de salud sobre {diseases}', recordAny: 'Cualquier registro de salud',
  },
  age: { fact: { one: 'tiene al menos {count} año', other: 'tiene al menos {count} años' }, head: { one: 'Edad de {count} año o más', other: 'Edad de {count} años o más' } },
  conditions: {
    complete: 'con todas las dosis de la pauta', dose: { other: 'al menos la dosis {count}' }, from: 'hace al menos {time}', until: 'hace como máximo {time}',
    between: 'hace al menos {from} y como máximo {to}', products: 'con {products}', productsMany: { one: 'con {count} vacuna aceptada', other: 'con una de {count} vacunas aceptadas' },
    euVaccines: 'con una vacuna autorizada en la UE', tests: 'mediante {tests}', results: 'con resultado {results}', age: { one: 'de una persona de al menos {count} año', other: 'de una persona de al menos {count} años' },
  },
  comma: ', ',
  sentence: {
    one: 'Demuestra que usted {facts}.', oneOf: 'Demuestra que usted {facts}, sin decir cuál de estas cosas.',
    waysOf: { one: 'Demuestra que usted {facts}.', other: 'Demuestra que usted {facts}, de una de {count} maneras, sin decir cuál.' },
    many: { one: 'Demuestra que se cumple {count} condición de esta norma.', other: 'Demuestra que se cumple una de las {count} condiciones de esta norma, sin decir cuál.' },
    also: 'Demuestra además que usted {facts}.', nothingElse: 'No se muestra nada más.', secret: 'Esto queda en secreto: {items}.',
  },
  secrets: {
    which: 'cuál de las maneras es la suya', name: 'su nombre', birth: 'su fecha de nacimiento', when: 'las fechas exactas', provider: 'quién le atendió', rest: 'todo lo demás de sus registros de salud',
  },
  extras: {
    match: 'El personal compara el código con el nombre y la fecha de nacimiento de su documento de identidad.',
    once: 'Una marca de este evento le permite entrar una vez. No dice nada de usted y no sirve para seguirle en ningún otro lugar.',
  },
};

export const miss: MissWords = {
  conditions: {
    kind: 'Esto es {has}; se pide {needs}.', disease: 'Se refiere a otra cosa: {has}. Se pide {needs}.', product: 'Esta vacuna no cuenta para esta norma: {has}.',
    dose: 'Falta la dosis {needs}; el registro es de la dosis {has}.', series: 'La pauta no está completa: el registro es de la dosis {has} de {needs}.',
    seriesUnknown: 'El registro no dice que la pauta esté completa.', tooEarly: 'Cuenta a partir del {date}.', tooOld: 'Contó hasta el {date}.',
    test: 'La prueba fue {has}; se pide {needs}.', result: 'El resultado es {has}; se pide {needs}.', age: 'Tendrá la edad necesaria a partir del {date}.', expires: 'El registro caduca el {date}.',
  },
  blocks: {
    revoked: 'El centro ha retirado este registro.', suspended: 'El centro ha dejado este registro en suspenso.', 'issuer-removed': 'El centro de este registro ya no está reconocido.',
    'issuer-suspended': 'El centro de este registro no está reconocido por el momento.', 'status-unknown': 'Aún no se sabe si este registro sigue vigente. Conéctese a internet una vez.',
    'signature-superseded': 'Este registro debe renovarse. Conéctese a internet una vez.', 'name-missing': 'Este registro no tiene un nombre que se pueda comparar con un documento.',
  },
  why: { 'no-credential': 'Esta persona aún no tiene ningún registro de salud.', 'not-yet': 'Ninguno de los registros cuenta todavía.', unmet: 'Ninguno de los registros cumple esta norma.' },
  fitsFrom: 'Servirá a partir del {date}.', afterDose: 'Una dosis nueva cuenta pasados {time}.', needed: 'Qué serviría: {way}.',
};
