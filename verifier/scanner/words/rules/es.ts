import type { Translation } from '#faces/words/words.ts';
import type { rules as en } from './en.ts';

export const rules: Translation<typeof en> = {
  menu: { rules: 'Normas', events: 'Eventos' },
  signIn: { text: 'Para esto el personal inicia sesión. Para escanear no hace falta.', button: 'Iniciar sesión', failed: 'No se ha podido. Inténtelo de nuevo.', offline: 'El servicio no responde. Lo guardado en este dispositivo sigue funcionando.' },
  list: {
    title: 'Normas', text: 'Lo que se comprueba en los pases.', create: 'Norma nueva', take: 'Aceptar una norma', inUse: 'En uso aquí', shipped: 'Viene con el servicio', own: 'Hecha aquí', passedOn: 'Recibida',
    version: 'Versión {version}', ways: { one: '{count} manera de cumplirla', many: '{count} maneras de cumplirla', other: '{count} maneras de cumplirla' },
  },
  view: {
    says: 'Lo que la cartera dice a su dueño', ways: 'Maneras de cumplirla', use: 'Usar esta norma aquí', edit: 'Cambiar', copy: 'Hacer una norma nueva a partir de ella', retire: 'Retirar', retireSure: '¿Retirar esta norma?',
    retireText: 'Los pases para ella dejan de aceptarse. No se puede recuperar.', share: 'Compartirla', print: 'Imprimir', copyLink: 'Copiar el enlace', copied: 'Copiado', code: 'Código de la norma {rule}', gone: 'Esta norma no se conoce aquí.',
    unsigned: 'Esta norma no está firmada y no se puede compartir.', shareText: 'Otro escáner o una cartera lee este código. Muestra quién firmó.', remove: 'Quitar de este dispositivo',
  },
  signer: {
    by: 'Firmada por {name}', self: 'Firmada por este servicio', unknown: 'Firmada por alguien que este dispositivo no conoce', unknownText: 'Cualquiera puede firmar una norma. Úsela solo si le avisaron de que llegaría y de quién.',
    key: 'Marca de quien firma', know: 'Conozco a quien firma', unsigned: 'Nadie ha firmado esta norma.',
  },
  incoming: { title: 'Le han enviado una norma', take: 'Aceptarla', taken: 'La norma está guardada en este dispositivo.', text: 'Texto o enlace de la norma', read: 'Leerla', same: 'Aquí hay otra norma con este nombre. Se queda como está.' },
  edit: {
    newTitle: 'Norma nueva', changeTitle: 'Cambiar la norma', template: 'Empezar con', blank: 'Una norma vacía', name: 'Nombre', nameHint: 'La gente lo lee en su cartera.', nameMissing: 'Escriba un nombre.',
    lasts: 'Cuánto dura un pase', hours2: '2 horas', hours4: '4 horas', day: 'Un día', strictness: 'Lo recientes que deben ser los datos', strict: 'Estricto: los certificados retirados se notan en una hora', usual: 'Normal: en un día', relaxed: 'Flexible: tres días, para lugares sin red',
    way: 'Manera {count}', addWay: 'Añadir una manera', removeWay: 'Quitar la manera {count}', kind: 'Qué se pide', anyKind: 'Cualquier registro de salud', disease: 'Enfermedad', anyDisease: 'Cualquiera', vaccines: 'Vacunas', anyVaccine: 'Cualquier vacuna contra ella', euVaccines: 'Autorizadas en la UE',
    someVaccines: 'Solo algunas', addVaccine: 'Añadir una vacuna', removeVaccine: 'Quitar {name}', dose: 'Al menos la dosis', complete: 'Todas las dosis de la pauta', from: 'Hace al menos', until: 'Hace como máximo', unit: 'Unidad', days: 'días', hours: 'horas',
    tests: 'Tipos de prueba', result: 'Resultado', anyResult: 'Cualquiera', age: 'Edad mínima', preview: 'Lo que leerá la persona', languages: 'En los otros idiomas', combine: 'Combinar con otra norma', otherRule: 'Otra norma',
    either: 'Una de las dos', both: 'Las dos', twoRecords: 'Ningún registro puede cumplir por sí solo las dos normas. Un pase se basa en un registro: pida dos pases.', tooMany: 'Serían más de 32 maneras.',
    dropped: { one: 'Se ha dejado fuera {count} combinación: harían falta dos registros.', many: 'Se han dejado fuera {count} combinaciones: harían falta dos registros.', other: 'Se han dejado fuera {count} combinaciones: harían falta dos registros.' }, invalid: 'La manera {count} tiene un valor que no es posible.', save: 'Firmar y guardar', noWay: 'Añada al menos una manera.',
  },
  events: {
    title: 'Eventos', text: 'Una entrada por persona, en tantas vías como quiera. No se guarda nada de las personas.', create: 'Evento nuevo', none: 'Aún no hay ningún evento.', name: 'Nombre del evento', nameHint: 'Sin el día. La gente lo lee en su cartera.',
    nameDay: 'No ponga el día en el nombre.', audience: 'Quién pregunta', audienceHint: 'La gente lo lee en su cartera.', rule: 'Norma', firstDay: 'Primer día', lastDay: 'Último día', dayWrong: 'Elija días a partir de hoy, 31 como máximo.', capacity: 'Cuántas personas pueden entrar', missing: 'Rellene este campo.',
    save: 'Crear el evento', over: 'Terminado', today: 'Hoy', entered: { one: 'Ha entrado {count} persona', many: 'Han entrado {count} personas', other: 'Han entrado {count} personas' }, of: 'de {capacity}', full: 'El evento está lleno.', doubles: { one: '{count} entrada doble', many: '{count} entradas dobles', other: '{count} entradas dobles' },
    doublesText: 'Alguien entró por dos vías mientras una de ellas no tenía red.', overTime: 'Entradas a lo largo del tiempo', lanes: 'Vías', lane: 'Vía', entries: 'Entradas', heard: 'Último aviso', service: 'Por el servicio', noLane: 'Ninguna vía ha informado aún.', code: 'Código para carteras: {event}',
    codeText: 'Colóquelo en la entrada. La gente lo escanea con su cartera y muestra el pase en una vía.', start: 'Usar este dispositivo como vía', laneName: 'Nombre de la vía', laneHint: 'Por ejemplo, Entrada norte', started: 'Este dispositivo es una vía del evento.',
    scan: 'Empezar a escanear', stop: 'Dejar de ser vía', stopSure: 'Se borra lo que este dispositivo sabe de las entradas.', unsent: { one: '{count} entrada aún no se ha comunicado.', many: '{count} entradas aún no se han comunicado.', other: '{count} entradas aún no se han comunicado.' },
    blind: 'No se conocen las entradas en otras vías desde las {time}.', blindAll: 'No se conocen las entradas en otras vías.', inTouch: 'Las vías están en contacto.', letInTwice: 'Ya entró por {lane} a las {time}', letInElsewhere: 'Ya entró en otro lugar', fleeting: 'Este navegador no guarda nada: al recargar se olvidaría quién entró.',
    remove: 'Borrar el evento', removeSure: '¿Borrar este evento?', removeText: 'Se borran sus recuentos y todo lo que comunicaron las vías.', sync: 'Comunicar ahora',
  },
};
