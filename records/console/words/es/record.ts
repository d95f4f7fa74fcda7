import type { Translation } from '#faces/words/words.ts';
import type { record as en } from '../en/record.ts';

export const record: Translation<typeof en> = {
  tabs: { summary: 'Resumen', timeline: 'Cronología', write: 'Escribir', refer: 'Derivar o pedir', prescribe: 'Recetar', access: 'Acceso' },
  sections: {
    '48765-2': 'Alergias', '11450-4': 'Problemas', '10160-0': 'Medicamentos', '11369-6': 'Vacunas', '30954-2': 'Resultados', '47519-4': 'Procedimientos', '46264-8': 'Dispositivos', '8716-3': 'Constantes vitales', '18776-5': 'Planes', '29762-2': 'Historia social', '11348-0': 'Problemas anteriores', '10162-6': 'Embarazos', '104605-1': 'Alertas', '47420-5': 'Estado funcional',
  },
  record: {
    purpose: 'Lee para', purposeSays: 'El paciente ve este fin en su registro de accesos.', reading: 'Leyendo…', readAgain: 'Leer de nuevo', readAt: 'Leído a las {time}', news: 'Hay algo nuevo.',
    empty: 'No hay nada que pueda ver.', emptySection: 'Nada aquí; eso no significa que no haya', summarySays: 'Hecho con lo que puede leer. Puede haber otros registros.', save: 'Guardar como archivo FHIR', saveSays: 'Fuera de esta página el archivo no está protegido.',
    earlier: { one: '{count} valor anterior', many: '{count} valores anteriores', other: '{count} valores anteriores' },
    filter: { category: 'Tipo', all: 'Todos', from: 'Desde', until: 'Hasta', text: 'Buscar', textHint: 'Palabras o un código', none: 'Nada coincide.', shown: { one: '{count} registro', many: '{count} registros', other: '{count} registros' } },
  },
  item: {
    patient: 'Indicado por el paciente', patientSays: 'Lo añadió el paciente. Ningún profesional lo ha comprobado.', member: 'Firmado por {name}', unknownMember: 'alguien que no está en el directorio', signed: 'Firma comprobada', signedSays: 'El texto es exactamente el que se firmó el {time}.',
    waits: 'Espera al paciente', waitsSays: 'El paciente le permite leer esto, pero su cartera aún no le ha entregado la clave. Lo hará cuando se abra la próxima vez.', refused: 'La firma no es correcta', refusedSays: 'Se cambió, o lo escribió otra persona. No se fíe de ello.', broken: 'No se puede abrir', brokenSays: 'El almacén o el servicio dieron algo que no encaja. No lo tome como si aquí no hubiera nada.', misfiled: 'Archivado como otra cosa', misfiledSays: 'Quien lo escribió lo archivó en otra categoría u otro día de lo que dice. Puede que no sea para usted, así que no se muestra. Pida a su autor que lo archive de nuevo.', original: 'Original (FHIR)', answer: 'Escribir el resultado', gone: 'Este registro no está entre lo que ha leído.',
  },
  facts: {
    caution: 'Atención', status: 'Estado', clinicalStatus: 'Estado clínico', verificationStatus: 'Certeza', severity: 'Gravedad', date: 'Fecha', code: 'Código', value: 'Valor', interpretation: 'Interpretación', dosage: 'Posología', reaction: 'Reacción', criticality: 'Riesgo', lot: 'Lote', dose: 'Dosis', reason: 'Motivo', note: 'Nota', text: 'Texto', range: 'Rango de referencia', performer: 'Para', type: 'Tipo', onset: 'Desde', priority: 'Urgencia', period: 'Período',
  },
};
