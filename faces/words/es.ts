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
};
