import type { Translation } from '#faces/words/words.ts';
import type { frame as en } from '../en/frame.ts';

export const frame: Translation<typeof en> = {
  name: 'Historias healthpass',
  menu: 'Secciones',
  offline: 'Sin conexión. No se puede leer ni escribir hasta que vuelva la red.',
  lockNow: 'Bloquear ahora',
  starting: 'Abriendo…',
  notHere: 'Aquí no hay nada.',
  places: { patients: 'Pacientes', counter: 'Mostrador', prescriptions: 'Recetas', emergency: 'Urgencia', reviews: 'Revisiones', applications: 'Solicitudes', members: 'Miembros', staff: 'Nuestra gente', membership: 'Mi función', account: 'Claves y bloqueo' },
  errors: {
    'wallet-locked': 'Las claves están bloqueadas, o eso no las abre.', 'wallet-corrupt': 'Las claves de este dispositivo están dañadas. Recupérelas de su archivo de claves.', 'wallet-newer': 'Estas claves son de una versión más nueva. Recargue la página para obtenerla.',
    'wallet-missing': 'No hay claves en este dispositivo.', 'wallet-exists': 'Ya hay claves en este dispositivo.', 'backup-invalid': 'Este no es un archivo de claves que se pueda leer aquí.',
    'passkey-refused': 'No funcionó: se canceló, tardó demasiado o se borró la llave de acceso.', 'passkey-unsupported': 'Las llaves de acceso no pueden proteger sus claves en este navegador. Use una frase de contraseña.',
    'storage-full': 'No queda espacio en este dispositivo. Borre otra cosa e inténtelo de nuevo.', 'service-unavailable': 'No se puede contactar con el servicio. Compruebe la conexión e inténtelo de nuevo.',
  },
};
