import type { Translation } from '#faces/words/words.ts';
import type { membership as en } from '../en/membership.ts';

export const membership: Translation<typeof en> = {
  signIn: { signing: 'Iniciando sesión…', failed: 'No ha iniciado sesión', anonymous: 'Aún sin registrar' },
  apply: {
    title: 'Registrarse', lead: 'Diga quién es. La entidad que registra su profesión lo comprueba y decide. Hasta entonces no puede ver nada de ningún paciente.', again: 'Solicitar de nuevo', role: 'Usted es',
    hints: {
      doctor: 'Lee y escribe historias, receta, deriva', nurse: 'Lee y escribe historias', pharmacy: 'Dispensa recetas', hospital: 'Una institución con personal propio', laboratory: 'Recibe órdenes, escribe resultados',
      researcher: 'Pide datos a los pacientes', 'device-operator': 'Escribe lo que miden los dispositivos', verifier: 'Comprueba pases de salud',
    },
    name: 'Nombre', nameHint: 'Como le conocen pacientes y colegas', organisation: 'Organización para la que trabaja', organisationHint: 'Le confirma y le entrega la clave que abre lo que los pacientes comparten con ella.',
    country: 'País', licence: 'Número de licencia o de colegiado', licenceHint: 'La entidad lo comprueba.', send: 'Enviar la solicitud',
    missing: { role: 'Elija qué es', name: 'Escriba su nombre', country: 'Elija el país', licence: 'Escriba el número' },
  },
  standing: {
    confirming: 'Su organización tiene que confirmarle primero', waiting: 'Se está comprobando su solicitud', waitingSays: 'Solicitó ser {role} el {date}. Vuelva más tarde o deje abierta esta página: notará la respuesta.', refused: 'Su solicitud fue rechazada', refusedReason: 'Motivo indicado: {reason}', takeBack: 'Retirar la solicitud',
    approved: 'Está registrado', until: 'Registrado hasta', role: 'Función', country: 'País', licence: 'Número de licencia o de colegiado', organisation: 'Trabaja para',
    body: 'Usted decide sobre las solicitudes', credential: 'Certificado de su función', credentialSays: 'Firmado por el servicio de historias. Cualquiera puede comprobarlo sin preguntarnos.', copy: 'Copiar', copied: 'Copiado.', address: 'Número de su cuenta',
    keyWaits: 'Su organización aún no le ha entregado su clave. Hasta entonces no puede abrir lo que los pacientes comparten con ella.', keyHere: 'Su organización le ha entregado su clave.',
  },
  suspended: { title: 'Su registro está suspendido', says: 'La entidad que le registró le ha suspendido. Desde este momento no puede leer ni escribir nada, y nadie puede compartir nada con usted. Pregunte el motivo a la entidad.', look: 'Mirar de nuevo' },
  staff: {
    key: 'Clave', handedTo: '{name} tiene ahora la clave.', asks: 'Dicen que trabajan para usted', confirm: 'Confirmar', confirmTitle: '¿Trabaja {name} para usted?', confirmSays: 'Después la entidad decide sobre la solicitud. {name} actúa por usted hasta que usted o la entidad lo terminen.', confirmed: '{name} está confirmado.', decline: 'Rechazar', declineTitle: '¿Rechazar a {name}?', declined: '{name} fue rechazado.',
    says: 'Quienes le nombran como su organización. Entregue su clave solo a quien trabaje para usted: con ella abren lo que los pacientes comparten con usted.', none: 'Nadie le nombra aún como su organización.', handOver: 'Entregar la clave', handed: 'Tiene la clave',
    handTitle: '¿Entregar la clave a {name}?', handSays: '{name} podrá abrir todo lo que los pacientes comparten con usted, ahora y después. La clave no se puede recuperar.',
  },
};
