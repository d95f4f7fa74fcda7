import type { Translation } from '#faces/words/words.ts';
import type { care as en } from '../en/care.ts';

export const care: Translation<typeof en> = {
  care: {
    referral: 'Derivar a un colega', referralSays: 'Se escribe en la historia. La cartera del paciente ofrece compartir con el colega; el paciente decide.', order: 'Pedir a un laboratorio', orderSays: 'Se escribe en la historia. La cartera del paciente ofrece compartir con el laboratorio, que escribe el resultado.',
    colleague: 'A quién', colleagueHint: 'Nombre de un médico o un hospital', laboratory: 'Laboratorio', laboratoryHint: 'Nombre de un laboratorio', tests: 'Pruebas', reason: 'Motivo', question: 'Pregunta', questionHint: 'Lo que quiere saber', urgency: 'Urgencia', urgencies: { routine: 'Normal', urgent: 'Urgente', asap: 'Lo antes posible', stat: 'De inmediato' },
    refer: 'Firmar y derivar', send: 'Firmar y pedir', referred: 'Derivado a {name}', ordered: 'Pedido a {name}', next: 'El paciente lo encuentra ahora en su cartera y puede compartir con {name}.', missing: { member: 'Elija del directorio', reason: 'Escriba el motivo', tests: 'Elija al menos una' },
  },
};
