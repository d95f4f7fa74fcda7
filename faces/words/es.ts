import type { en } from './en.ts';
import type { Translation } from './words.ts';

export const es: Translation<typeof en> = {
  language: 'Idioma',
  back: 'Atrás',
  close: 'Cerrar',
  cancel: 'Cancelar',
  continue: 'Continuar',
  save: 'Guardar',
  tryAgain: 'Intentar de nuevo',
  loading: 'Cargando…',
  skip: 'Ir al contenido',
  optional: 'opcional',
  errors: { title: 'Hay un problema', unexpected: 'Algo ha fallado. No se ha perdido nada de lo que escribió. Inténtelo de nuevo.', offline: 'No hay conexión. Inténtelo de nuevo cuando vuelva a tenerla.' },
  choices: { count: { one: '{count} resultado', many: '{count} resultados', other: '{count} resultados' }, none: 'No se ha encontrado nada' },
  update: { ready: 'Hay una versión nueva.', now: 'Actualizar ahora' },
  staff: {
    says: 'Inicie sesión con la clave de acceso que registró para su trabajo.',
    signIn: 'Iniciar sesión con clave de acceso',
    signOut: 'Cerrar sesión',
    help: '¿No tiene la clave en este dispositivo? Puede usar la de su teléfono. Si la perdió, pida una nueva invitación a un administrador.',
    unreachable: 'El servicio no responde. Compruebe la conexión e inténtelo de nuevo.',
    noPasskeys: 'Este navegador no admite claves de acceso. Use un navegador actual y la dirección que le dieron.',
    refused: 'No funcionó. Se canceló, tardó demasiado o la clave no está en este dispositivo. Inténtelo de nuevo.',
    unknown: 'Esta clave no se conoce aquí o su titular está suspendido. Pruebe otra o consulte a un administrador.',
    tooOften: 'Se intentó demasiadas veces. Espere un minuto e inténtelo de nuevo.',
    over: 'La sesión se cerró',
    overSays: 'Nadie usó esta página durante un rato. Inicie sesión como {name} para seguir donde estaba. No se perdió nada de lo escrito.',
    confirm: 'Confirme que es usted',
    confirmSays: 'Este paso necesita su clave de acceso una vez más.',
    confirmNow: 'Confirmar con clave de acceso',
  },
};
