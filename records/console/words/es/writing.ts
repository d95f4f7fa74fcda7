import type { Translation } from '#faces/words/words.ts';
import type { writing as en } from '../en/writing.ts';

export const writing: Translation<typeof en> = {
  writing: {
    title: '¿Qué quiere escribir?', says: 'Se comprueba, se firma con su clave y se cifra para quienes el paciente deja leerlo.', sign: 'Firmar y escribir', written: 'Escrito y firmado.', another: 'Escribir otra cosa', toTimeline: 'A la cronología', draft: 'Lo que escribe queda cifrado en este dispositivo hasta que se guarda en la historia.', discard: 'Descartar el borrador',
    nothing: 'Escriba al menos un valor', checked: 'No se encontró ningún error.', check: 'Comprobar', checking: 'Comprobando…', file: 'Archivo FHIR (JSON)', paste: 'O péguelo', resource: 'FHIR R4, un recurso o un Bundle', problems: { one: 'Se encontró {count} error. No se escribió nada.', many: 'Se encontraron {count} errores. No se escribió nada.', other: 'Se encontraron {count} errores. No se escribió nada.' }, where: 'línea {line}', several: { one: 'Se escribirá {count} registro', many: 'Se escribirán {count} registros', other: 'Se escribirán {count} registros' },
    left: { one: '{count} registro es de un tipo que aquí no se guarda', many: '{count} registros son de tipos que aquí no se guardan', other: '{count} registros son de tipos que aquí no se guardan' }, notJson: 'Esto no es JSON',
  },
  kinds: {
    visit: { name: 'Visita', says: 'Cuándo, cómo y por qué vino el paciente' }, note: { name: 'Nota', says: 'Texto libre' }, condition: { name: 'Enfermedad', says: 'Un diagnóstico o problema' }, allergy: { name: 'Alergia', says: 'Una alergia o intolerancia' }, medication: { name: 'Medicamento que toma', says: 'Lo que toma el paciente, no una receta' },
    immunization: { name: 'Vacunación', says: 'Una vacuna administrada' }, result: { name: 'Resultado de laboratorio', says: 'Un valor con su unidad' }, vitals: { name: 'Constantes vitales', says: 'Tensión, pulso, peso…' }, fhir: { name: 'FHIR', says: 'Un archivo de otro sistema' },
  },
  fields: {
    visitClass: 'Cómo', day: 'Fecha', reason: 'Motivo', title: 'Título', text: 'Texto', what: 'Qué', codeSystem: 'Sistema de códigos', code: 'Código', clinicalStatus: 'Estado clínico', allergyStatus: 'Estado clínico', certainty: 'Certeza', allergyCertainty: 'Certeza', severity: 'Gravedad', onset: 'Desde', allergyType: 'Tipo', allergyCategory: 'A qué', criticality: 'Riesgo',
    reaction: 'Reacción', reactionSeverity: 'Gravedad de la reacción', medicationStatus: 'Estado', dosage: 'Posología', since: 'Desde', vaccine: 'Vacuna', lot: 'Lote', dose: 'Dosis', test: 'Prueba', value: 'Valor', interpretation: 'Interpretación', systolic: 'Tensión sistólica', diastolic: 'Tensión diastólica', pulse: 'Pulso', temperature: 'Temperatura',
    oxygen: 'Saturación de oxígeno', breathing: 'Frecuencia respiratoria', weight: 'Peso', height: 'Talla', sensitivity: 'Especialmente delicado',
  },
  hints: { sensitivity: 'Entonces solo lo leen aquellos a quienes el paciente da registros delicados.', code: 'Como lo escribe el sistema de códigos', unit: 'en {unit}' },
  faults: { missing: 'Rellene esto', future: 'Esto está en el futuro', number: 'Este número no es posible', long: 'Es demasiado largo', code: 'Esto no es un código' },
  choices: {
    visitClass: { AMB: 'En la consulta', VR: 'Por vídeo o teléfono', HH: 'En casa', IMP: 'En el hospital', EMER: 'Urgencia' },
    clinicalStatus: { active: 'Activo', recurrence: 'Recurrente', relapse: 'Recaída', inactive: 'Inactivo', remission: 'En remisión', resolved: 'Resuelto' },
    certainty: { confirmed: 'Confirmado', provisional: 'Provisional', differential: 'Diferencial', unconfirmed: 'Sin confirmar', refuted: 'Descartado' },
    allergyStatus: { active: 'Activa', inactive: 'Inactiva', resolved: 'Resuelta' },
    allergyCertainty: { confirmed: 'Confirmada', unconfirmed: 'Sin confirmar', refuted: 'Descartada' },
    allergyType: { allergy: 'Alergia', intolerance: 'Intolerancia' },
    allergyCategory: { food: 'Alimento', medication: 'Medicamento', environment: 'Ambiente', biologic: 'Sustancia biológica' },
    criticality: { low: 'Bajo', high: 'Alto', 'unable-to-assess': 'No se puede valorar' },
    reactionSeverity: { mild: 'Leve', moderate: 'Moderada', severe: 'Grave' },
    severity: { mild: 'Leve', moderate: 'Moderada', severe: 'Grave' },
    medicationStatus: { active: 'Lo toma', intended: 'Previsto', 'on-hold': 'En pausa', completed: 'Terminado', stopped: 'Suspendido', 'not-taken': 'No lo toma', unknown: 'Desconocido' },
    codeSystem: { snomed: 'SNOMED CT', icd10: 'ICD-10', atc: 'ATC', rxnorm: 'RxNorm' },
    test: {
      haemoglobin: 'Hemoglobina', leukocytes: 'Leucocitos', platelets: 'Plaquetas', glucose: 'Glucosa', hba1c: 'HbA1c', creatinine: 'Creatinina', egfr: 'Función renal (eGFR)', sodium: 'Sodio', potassium: 'Potasio', alt: 'ALT', cholesterol: 'Colesterol', ldl: 'Colesterol LDL', hdl: 'Colesterol HDL', triglycerides: 'Triglicéridos', crp: 'Proteína C reactiva (PCR)', tsh: 'TSH',
    },
    interpretation: { N: 'Normal', H: 'Alto', L: 'Bajo', HH: 'Críticamente alto', LL: 'Críticamente bajo', A: 'Anormal' },
    sensitivity: { PSY: 'Psiquiatría', SUD: 'Adicción', SEX: 'Salud sexual', HIV: 'VIH', GDIS: 'Genética' },
  },
};
