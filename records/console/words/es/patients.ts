import type { Translation } from '#faces/words/words.ts';
import type { patients as en } from '../en/patients.ts';

export const patients: Translation<typeof en> = {
  patients: {
    none: 'Ningún paciente comparte nada con usted todavía.', noneSays: 'Pregunte a un paciente: escanea un código con su cartera y decide.', ask: 'Preguntar a un paciente', search: 'Buscar por nombre', born: 'nacido el {date}', nameless: 'El nombre no se puede abrir', until: 'hasta {date}', pending: 'Escribiéndose en el registro',
    notRequested: 'Llegó sin que lo pidiera', notRequestedSays: 'Esto no llegó por el código de una petición suya. Asegúrese por otra vía de quién es el paciente.', count: { one: '{count} paciente comparte con usted', many: '{count} pacientes comparten con usted', other: '{count} pacientes comparten con usted' }, open: 'Abrir la historia', nothing: 'Ningún paciente coincide.', unanswered: 'Peticiones sin respuesta', expires: 'Abierta hasta {time}', showAgain: 'Mostrar el código otra vez',
  },
  ask: {
    title: 'Preguntar a un paciente', lead: 'El paciente ve exactamente esto y puede dar menos o nada.', purpose: 'Para qué', actions: 'Qué quiere hacer', read: 'Leer', write: 'Escribir', categories: 'Qué registros', all: 'Todos los ordinarios', some: 'Solo algunos', sensitiveHint: 'Psiquiatría, salud sexual, adicción, genética. Pídalo solo si lo necesita.',
    period: 'Por cuánto tiempo', periods: { day: 'Hoy', week: 'Una semana', month: '30 días', year: 'Un año', chosen: 'Hasta un día que elijo' }, until: 'Hasta', forOrganisation: 'Para todos en', forOrganisationHint: 'Si no, solo para usted.', message: 'Unas palabras al paciente', messageHint: 'Nada sobre su salud: quien vea el código puede leerlo.', send: 'Crear el código',
    missing: { actions: 'Elija al menos uno', categories: 'Elija al menos uno', until: 'Elija un día futuro, como mucho dentro de diez años' },
    show: 'Deje que el paciente escanee esto', showSays: 'Con su cartera o con la cámara de su teléfono. El código sirve una vez, hasta {time}.', code: 'Código para la cartera del paciente', openWallet: 'Abrir la cartera en este dispositivo', waits: 'Esperando al paciente…', granted: 'El paciente ha aceptado', grantedSays: 'Mire el nombre: ¿es la persona que tiene delante?', over: 'El código ha caducado', another: 'Preguntar de nuevo',
  },
  access: {
    title: 'Lo que puede hacer', says: 'Puede {actions} {what} para {purposes}, hasta el {until}.', everything: 'todos los registros ordinarios', anyPurpose: 'cualquier fin', ended: 'Esto ha terminado', endedSays: 'El paciente lo ha terminado o el plazo ha pasado. Lo que leyó queda con usted; nada de lo que se escriba desde ahora se puede abrir.',
    readings: 'Sus lecturas', readingsSays: 'Cada una consta, con su fin, en el registro de accesos del paciente. El servicio de historias lo ha firmado.', noReadings: 'Aún no ha leído nada.', reading: { one: '{purpose}: {count} registro', many: '{purpose}: {count} registros', other: '{purpose}: {count} registros' }, receipt: 'Comprobante',
  },
};
