import type { Translation } from '#faces/words/words.ts';
import type { names as en } from '../en/names.ts';

export const names: Translation<typeof en> = {
  roles: {
    patient: 'Paciente', doctor: 'Médico', nurse: 'Enfermero', pharmacy: 'Farmacia', hospital: 'Hospital', laboratory: 'Laboratorio', researcher: 'Investigador', 'device-operator': 'Operador de dispositivos', verifier: 'Oficina de control', gateway: 'Servicio de historias',
  },
  categories: {
    allergies: 'Alergias', conditions: 'Enfermedades', medications: 'Medicamentos', immunizations: 'Vacunas', results: 'Resultados', imaging: 'Imágenes', procedures: 'Procedimientos', vitals: 'Constantes vitales', encounters: 'Visitas', documents: 'Documentos',
    devices: 'Dispositivos', social: 'Historia social', plans: 'Planes y órdenes', sensitive: 'Especialmente delicado',
  },
  purposes: {
    TREAT: 'Tratamiento', ETREAT: 'Tratamiento de urgencia', HPAYMT: 'Pago', HOPERAT: 'Gestión de la institución', HRESCH: 'Investigación', PUBHLTH: 'Salud pública', PATRQT: 'Lo pidió el paciente', CAREMGT: 'Gestión de la atención',
  },
  cautions: { 'do-not-perform': 'No se debe dar ni hacer', 'entered-in-error': 'Anotado por error', refuted: 'Descartado', 'not-done': 'No hecho', 'not-taken': 'No se toma', 'not-ordered': 'Solo propuesto o previsto, no ordenado', qualified: 'Su autor lo matizó de un modo que aquí no se muestra' },
  statuses: {
    active: 'Activo', amended: 'Cambiado después', cancelled: 'Anulado', completed: 'Hecho', corrected: 'Corregido', current: 'Actual', draft: 'Borrador', 'entered-in-error': 'Anotado por error', final: 'Definitivo', finished: 'Terminado', 'in-progress': 'En curso', intended: 'Previsto', 'not-done': 'No hecho', 'not-taken': 'No se toma', 'on-hold': 'En pausa', planned: 'Previsto', preliminary: 'Provisional', registered: 'Esperado', stopped: 'Suspendido', superseded: 'Sustituido', unknown: 'No se sabe',
  },
  inside: {
    categories: { allergies: 'alergias', conditions: 'enfermedades', medications: 'medicamentos', immunizations: 'vacunas', results: 'resultados', imaging: 'imágenes', procedures: 'procedimientos', vitals: 'constantes vitales', encounters: 'visitas', documents: 'documentos', devices: 'dispositivos', social: 'historia social', plans: 'planes y órdenes', sensitive: 'registros especialmente delicados' },
    purposes: { TREAT: 'el tratamiento', ETREAT: 'el tratamiento de urgencia', HPAYMT: 'el pago', HOPERAT: 'la gestión de la institución', HRESCH: 'la investigación', PUBHLTH: 'la salud pública', PATRQT: 'lo que pidió el paciente', CAREMGT: 'la gestión de la atención' },
  },
  actions: { read: 'leer', write: 'escribir' },
};
