import type { Translation } from '../words.ts';
import type { accesses as en } from './en.ts';

export const accesses: Translation<typeof en> = {
  who: { of: '{name} ({organisation})', onBehalf: '{name} (en su nombre)', unnamed: 'un miembro sin nombre ({address})' },
  what: {
    all: 'datos', allergies: 'alergias', conditions: 'enfermedades', medications: 'medicamentos', immunizations: 'vacunas', results: 'resultados', imaging: 'imágenes médicas', procedures: 'procedimientos', vitals: 'constantes vitales',
    encounters: 'visitas', documents: 'documentos', devices: 'dispositivos', social: 'condiciones de vida', plans: 'planes y órdenes', sensitive: 'datos especialmente delicados',
  },
  why: {
    TREAT: 'para un tratamiento', ETREAT: 'para un tratamiento de urgencia', HPAYMT: 'para el pago', HOPERAT: 'para la gestión de la institución', HRESCH: 'para la investigación', PUBHLTH: 'para la salud pública', PATRQT: 'porque usted lo pidió', CAREMGT: 'para coordinar su atención',
  },
  read: { one: '{who} leyó sus {what} ({count} registro) el {when}, {why}.', other: '{who} leyó sus {what} ({count} registros) el {when}, {why}.' },
  readInEmergency: { one: 'En una urgencia, sin su consentimiento, {who} leyó sus {what} ({count} registro) el {when}.', other: 'En una urgencia, sin su consentimiento, {who} leyó sus {what} ({count} registros) el {when}.' },
  readNothing: '{who} pidió sus {what} el {when}, {why}, y no se le mostró nada.',
  withheld: { one: '{count} registro de los pedidos no se mostró.', other: '{count} registros de los pedidos no se mostraron.' },
  denied: { read: '{who} intentó leer sus {what} el {when}, {why}, y se le denegó.', write: '{who} intentó ampliar sus {what} el {when}, {why}, y se le denegó.' },
  reasons: {
    'no-consent': 'Usted no ha permitido nada parecido.', revoked: 'Usted había retirado su consentimiento.', changed: 'Su consentimiento había cambiado y aún no se conocía aquí.', 'not-yet': 'Su consentimiento aún no había empezado.', expired: 'Su consentimiento había terminado.',
    action: 'Su consentimiento no permite eso.', purpose: 'Su consentimiento no es para este fin.', category: 'Su consentimiento no abarca estos datos.', sensitive: 'Los datos especialmente delicados solo se muestran donde usted lo dice.',
    date: 'Su consentimiento no abarca ese tiempo.', record: 'Su consentimiento no abarca este registro.', author: 'Su consentimiento no abarca los registros de este autor.', exception: 'Usted había hecho una excepción.', denied: 'Usted lo había prohibido.',
  },
  written: '{who} añadió un registro a sus {what} el {when}.',
  own: 'Usted añadió un registro propio a sus {what} el {when}.',
  consent: {
    granted: 'El {when} usted permitió a {recipient} ver sus {what}.', changed: 'El {when} usted cambió lo que puede ver {recipient}: sus {what}.', withdrawn: 'El {when} usted retiró lo que se permitía a {recipient}.',
    grantedBy: 'El {when} {who} permitió a {recipient} ver sus {what}.', changedBy: 'El {when} {who} cambió lo que puede ver {recipient}: sus {what}.', withdrawnBy: 'El {when} {who} retiró lo que se permitía a {recipient}.',
  },
  emergency: {
    asked: '{who} pidió el {when} ver sus datos en una urgencia.', approved: '{who} aceptó el {when} que se vean sus datos en una urgencia.', opened: 'El {when} se abrieron sus datos a {who} por una urgencia.',
    ended: 'El {when} terminó el acceso de urgencia de {who}.', reviewed: 'El {when} {who} revisó un acceso de urgencia a sus datos.',
  },
  disclosed: { delegate: 'El {when} permitió que {recipient} actúe por usted, sobre sus {what}.', guardian: 'El {when} dio a {recipient} una parte de su clave para guardar.' },
  unreadable: 'Aquí se anotó algo que este programa no sabe decir con palabras.',
  verdict: {
    complete: { one: 'Este registro está completo: su {count} anotación está en el registro público, sin cambios.', other: 'Este registro está completo: sus {count} anotaciones están en el registro público, sin cambios ni huecos.' },
    waiting: { one: '{count} anotación es tan nueva que aún no está en el registro público.', other: '{count} anotaciones son tan nuevas que aún no están en el registro público.' },
    empty: 'Nadie ha tenido acceso hasta ahora, y el registro público lo confirma.',
    broken: 'Este registro no se sostiene. Quien lo lleva tiene que explicar esto:',
  },
  findings: {
    gap: 'Falta la anotación {entry}.', reordered: 'La anotación {entry} no está en su lugar.', 'event-changed': 'La anotación {entry} se cambió después de firmarla.', 'signature-wrong': 'La anotación {entry} no está firmada por la pasarela.',
    fork: 'Hay dos versiones: la anotación {entry} difiere de lo que se firmó o se ancló.', 'missing-from-anchor': 'No se mostró nada para el ancla {anchor} de la cadena.', 'rolled-back': 'El ancla {anchor} tiene menos anotaciones que una anterior.',
    'anchor-not-on-chain': 'Lo que se mostró para el ancla {anchor} no es lo que tiene la cadena.', 'anchor-overdue': 'La anotación {entry} no se ancló a tiempo; puede que se escribiera más tarde.',
    'receipt-unknown': 'Alguien tiene un recibo de un acceso que no está anotado aquí.', 'gateway-without-role': 'La anotación {entry} se firmó cuando la pasarela no tenía derecho.', 'time-wrong': 'La anotación {entry} tiene una hora imposible.',
  },
};
