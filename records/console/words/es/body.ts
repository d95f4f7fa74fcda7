import type { Translation } from '#faces/words/words.ts';
import type { body as en } from '../en/body.ts';

export const body: Translation<typeof en> = {
  applications: {
    sending: 'De camino al registro…', none: 'No hay solicitudes pendientes.', appliedAt: 'Solicitado', approve: 'Aprobar', refuse: 'Rechazar', until: 'Hasta', untilHint: 'La función termina sola ese día.',
    approveTitle: '¿Registrar a {name} como {role}?', approveSays: 'Compare primero el número con su registro. Se firma con su clave y desde entonces consta en el registro público.', refuseTitle: '¿Rechazar la solicitud de {name}?', reason: 'Motivo', reasonHint: 'Lo lee quien solicita.', approved: '{name} está registrado.', refused: 'La solicitud de {name} fue rechazada.',
    missing: { until: 'Elija un día futuro, como mucho dentro de cinco años', reason: 'Escriba el motivo' },
  },
  members: {
    none: 'Aún no hay miembros.', search: 'Buscar por nombre', role: 'Función', name: 'Nombre', status: 'Estado', until: 'Hasta', actions: 'Acciones', active: 'Registrado', suspended: 'Suspendido', over: 'Terminado',
    acts: {
      suspend: { act: 'Suspender', title: '¿Suspender a {name}?', says: 'Al instante: sus sesiones terminan, nada se responde, nada se puede compartir con ellos.', done: '{name} está suspendido.' },
      reinstate: { act: 'Readmitir', title: '¿Readmitir a {name}?', says: 'Pueden volver a entrar. Lo que los pacientes comparten con ellos sigue como antes.', done: '{name} está readmitido.' },
      withdraw: { act: 'Retirar', title: '¿Retirar la función de {name}?', says: 'La función termina para siempre. Para volver tienen que solicitarla de nuevo.', done: 'La función de {name} está retirada.' },
    },
  },
};
