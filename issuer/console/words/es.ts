import type { Words } from './index.ts';

export const es: Words = {
  name: 'Consola de healthpass',
  menu: 'Secciones', all: 'Todos', more: 'Mostrar más', copy: 'Copiar', actions: 'Acciones', family: 'Apellidos', given: 'Nombre', birthDate: 'Fecha de nacimiento',
  records: 'Historias clínicas',
  places: {
    visit: 'Después de la visita', import: 'Importar', offers: 'Ofertas', register: 'Certificados', patients: 'Pacientes', dashboard: 'Resumen', staff: 'Personal y programas', audit: 'Registro de actividad',
    keys: 'Claves y acreditación', network: 'Proveedores de la red', account: 'Mi cuenta',
  },
  problems: { notHere: 'Aquí no hay nada.', invalid: 'Algo de esto no es posible. Revise lo que ha escrito.' },
  visit: {
    title: 'Después de la visita', kind: 'Tipo', patient: 'Paciente', patientHint: 'Nombre o fecha de nacimiento. Para añadir a alguien nuevo, escriba su nombre.', born: 'nacido el {date}', nameless: 'Sin nombre', known: { one: '{count} certificado', other: '{count} certificados' },
    addPatient: 'Añadir a {name} como paciente nuevo', newPatient: 'Paciente nuevo', vaccine: 'Vacuna', lot: 'Lote', expires: 'Caduca el {date}', dose: 'Dosis', series: 'Dosis en total', date: 'Fecha', test: 'Prueba', result: 'Resultado',
    sampled: 'Muestra tomada el', time: 'Hora', disease: 'Enfermedad', firstPositive: 'Primera prueba positiva el', more: 'Lugar y país', performer: 'Realizado por', country: 'País', issue: 'Emitir', clear: 'Empezar de nuevo',
    preview: 'El certificado dirá', doseOf: 'dosis {dose} de {series}', doseAlone: 'dosis {dose}', scan: 'Escanear el envase', scanning: 'Ponga el código del envase delante de la cámara.', scanNothing: 'Este código no es el de un envase.', noCamera: 'No se puede usar la cámara. Permítala en el navegador o escriba el lote.',
    missing: { patient: 'Elija al paciente', family: 'Escriba los apellidos', given: 'Escriba el nombre', birthDate: 'Escriba la fecha de nacimiento', product: 'Elija la vacuna', test: 'Elija la prueba', disease: 'Elija la enfermedad', result: 'Elija el resultado', date: 'Escriba la fecha' },
    faults: { missing: 'Rellene este campo', future: 'La fecha está en el futuro', beforeBirth: 'La fecha es anterior al nacimiento', dose: 'Escriba un número del 1 al 255', expired: 'Este lote ya había caducado ese día' },
  },
  handout: {
    title: 'Listo para el paciente', code: 'Código para el teléfono del paciente', pin: 'PIN', progress: 'Lo que ha hecho el paciente', until: 'El código sirve hasta las {time}.', print: 'Imprimir el código', printPin: 'Imprimir el PIN', paper: 'Imprimir un certificado en papel', copyLink: 'Copiar el enlace',
    reissue: 'Nuevo código y PIN', next: 'Siguiente paciente', refused: { one: 'No se pudo certificar {count} entrada.', other: 'No se pudieron certificar {count} entradas.' },
    steps: { created: 'Mostrado', fetched: 'Escaneado', redeemed: 'PIN escrito', accepted: 'En la cartera' },
    states: { created: 'A la espera de que se escanee', fetched: 'Escaneado, falta el PIN', redeemed: 'Añadiéndose', accepted: 'En la cartera', failed: 'La cartera no pudo añadirlo', deleted: 'El paciente lo borró', cancelled: 'Anulado', locked: 'Bloqueado: demasiados PIN erróneos', expired: 'Caducado' },
  },
  sheet: {
    title: 'Su certificado de salud', paper: 'Certificado de salud en papel', paperSays: 'Muéstrelo junto con su pasaporte o documento de identidad. Guárdelo como un documento: quien lea el código verá lo que dice.', validUntil: 'Válido hasta el {date}', until: 'Use este código antes del {date}. Sirve una vez.',
    pinSays: 'Su PIN', pinApart: 'Guarde este papel separado de la hoja del código.', steps: { one: 'Abra su aplicación de cartera.', two: 'Elija «Añadir un certificado» y escanee este código.', three: 'Escriba el PIN que le dieron aparte de esta hoja.' },
  },
  statuses: { valid: 'Válido', suspended: 'Suspendido', revoked: 'Revocado', expired: 'Caducado', waiting: 'Aún sin recoger', unknown: 'Desconocido' },
  pending: { revoke: 'revocándose', suspend: 'suspendiéndose', reinstate: 'restableciéndose' },
  changeStates: { pending: 'En curso', done: 'Hecho', refused: 'Rechazado' },
  status: {
    reason: 'Motivo', note: 'Nota', noteHint: 'Para sus compañeros. Se guarda sellada y se borra con el paciente.', writing: 'Escribiéndose en el registro. Puede tardar un minuto; puede cerrar esto, seguirá adelante.',
    revoke: { verb: 'Revocar', done: 'Revocado', act: { one: 'Revocar {count} certificado', other: 'Revocar {count} certificados' }, says: 'No se puede deshacer. Habrá que emitir el certificado de nuevo.' },
    suspend: { verb: 'Suspender', done: 'Suspendido', act: { one: 'Suspender {count} certificado', other: 'Suspender {count} certificados' }, says: 'Los controles lo rechazarán hasta que se restablezca.' },
    reinstate: { verb: 'Restablecer', done: 'Restablecido', act: { one: 'Restablecer {count} certificado', other: 'Restablecer {count} certificados' }, says: 'Los controles volverán a aceptarlo.' },
  },
  reasons: {
    'issued-in-error': 'Emitido por error', 'data-wrong': 'Algún dato es incorrecto', superseded: 'Sustituido por otro', 'holder-request': 'Lo pidió el paciente', fraud: 'Fraude', 'key-compromise': 'Una clave cayó en malas manos', 'under-review': 'Se está revisando', 'review-closed': 'Ya se revisó', unspecified: 'Sin motivo',
  },
  register: {
    search: 'Buscar por nombre, lote o número', status: 'Estado', person: 'Paciente', what: 'Qué', recorded: 'Registrado', choose: 'Elegir', chooseOne: 'Elegir {name}', erased: 'Borrado', erasedSays: 'La persona fue borrada o usted no puede ver lo que dice. Aún se puede revocar por su número.',
    export: 'Guardar como CSV', recall: 'Retirar un lote', recallSays: 'Primero se buscan y comprueban todos los certificados de este lote. Nada cambia hasta que usted lo inicie.', recallAct: 'Buscar certificados', recallHow: '¿Qué debe hacerse con ellos?', searching: 'Buscando…', total: { one: '{count} certificado', other: '{count} certificados' },
    shown: { one: '{count} mostrado', other: '{count} mostrados' }, nothing: 'Ningún certificado coincide.', empty: 'Aún no se ha emitido nada.', emptySays: 'Emitir el primer certificado', chosenRegion: 'Certificados elegidos', chosen: { one: '{count} elegido', other: '{count} elegidos' }, clear: 'No elegir ninguno', one: 'Certificado', when: 'Cuándo',
    validUntil: 'Válido hasta', copies: 'Copias', number: 'Número', history: 'Historial', toPatient: 'Todos los certificados de este paciente', toOffers: 'Nadie lo ha recogido todavía. En las ofertas puede anularlo o entregarlo de nuevo.',
  },
  offers: { all: 'También las terminadas', open: { one: '{count} oferta espera a su paciente', other: '{count} ofertas esperan a sus pacientes' }, empty: 'No hay ofertas en espera.', cancel: 'Anular la oferta' },
  patients: {
    search: 'Buscar un paciente', searchHint: 'Al menos tres letras del nombre', nothing: 'Ningún paciente coincide.', empty: 'Aún no hay pacientes.', shown: { one: '{count} paciente', other: '{count} pacientes' }, since: 'Desde', one: 'Paciente', erase: 'Borrar a esta persona', eraseTitle: '¿Borrar a {name} para siempre?',
    eraseSays: 'El nombre, la fecha de nacimiento y todo lo registrado desaparecen para siempre, aquí y en toda copia de seguridad. Los certificados que tiene la persona siguen siendo válidos; revóquelos antes si no deben serlo.', eraseCount: { one: 'Afecta a un certificado.', other: 'Afecta a {count} certificados.' }, eraseSure: 'Sé que esto no se puede deshacer',
  },
  import: {
    what: '¿Qué tiene?', record: 'Un expediente', recordHint: 'FHIR R4, de un paciente', file: 'Un archivo de muchas personas', fileHint: 'CSV, o FHIR como NDJSON o Bundle', fhirFile: 'Archivo FHIR', paste: 'O péguelo aquí', several: '¿Trata de varias personas? Impórtelo como archivo de muchas personas.',
    rowsFile: 'Archivo', rowsHint: 'UTF-8, como máximo 500 MB. También puede soltarlo aquí.', noHeader: 'El archivo no tiene una línea con los nombres de las columnas.', mapping: 'Qué significan las columnas', means: 'La columna {name} significa', ignored: 'Sin usar', dates: 'Las fechas son así', pin: 'Cada persona recibe un PIN, aparte del código', again: 'Emitir otra vez lo que emitió un archivo anterior',
    needs: { date: 'Diga qué columna es la fecha del hecho.', what: 'Diga qué columna es la vacuna, la prueba o la enfermedad.' }, dryRun: 'Primero se comprueba cada fila. No se emite nada hasta que usted lo inicie.', check: 'Comprobar el archivo', sending: 'Enviando el archivo…',
  },
  columns: {
    id: 'Su propio número', kind: 'Tipo', family: 'Apellidos', given: 'Nombre', birthDate: 'Fecha de nacimiento', product: 'Vacuna', dose: 'Dosis', doses: 'Dosis en total', date: 'Fecha del hecho', lot: 'Lote', performer: 'Realizado por', country: 'País', disease: 'Enfermedad', test: 'Prueba', result: 'Resultado', commitment: 'Vínculo con el titular', keyX: 'Clave del titular, x', keyY: 'Clave del titular, y',
  },
  campaign: {
    list: 'Archivos anteriores', none: 'Aún no se ha importado ningún archivo.', title: 'Importación de un archivo', kinds: { issue: 'Emitir certificados', revoke: 'Revocar certificados', suspend: 'Suspender certificados', reinstate: 'Restablecer certificados' },
    states: { uploading: 'Enviándose', checking: 'Comprobándose', draft: 'Comprobado: listo para empezar', running: 'En marcha', paused: 'En pausa', done: 'Terminado', cancelled: 'Anulado' }, total: 'Filas', ready: 'Listas', done: 'Hechas', refused: 'Rechazadas', checking: '{done} de {total} filas comprobadas', progress: '{done} de {total} filas hechas', eta: 'terminará a las {time}',
    sameAs: 'Este mismo archivo ya se importó.', earlier: 'Ver aquella importación', report: 'Informe (CSV)', pins: 'PIN (CSV, una vez)', row: 'Fila', field: 'Campo', why: 'Por qué', moreRows: { one: 'Hay {count} fila más en el informe.', other: 'Hay {count} filas más en el informe.' },
    actions: { start: 'Empezar', pause: 'Pausar', resume: 'Seguir', cancel: 'Anular el resto', erase: 'Olvidar lo que decían las filas' },
    asks: {
      start: { title: { one: '¿Empezar con {count} fila?', other: '¿Empezar con {count} filas?' }, says: 'Se puede pausar. Lo hecho, hecho queda.' },
      cancel: { title: '¿Anular lo que no está hecho?', says: 'Esto lo termina para siempre. Lo hecho, hecho queda.' },
      erase: { title: '¿Olvidar lo que decían las filas?', says: 'Se borran sus propios números, los enlaces y los PIN. Los certificados siguen en el registro.' },
    },
  },
  dashboard: {
    span: 'Periodo', spans: { day: '24 horas', month: '30 días', year: 'Un año' }, issued: 'Emitidos', revoked: 'Revocados', suspended: 'Suspendidos', outstanding: 'Ofertas en espera', patients: 'Pacientes', changes: 'Revocados y suspendidos', chain: 'Registro en la cadena', lag: 'Último bloque', stands: 'está parada', block: 'Bloque', final: 'definitivo: {block}', waiting: 'Por escribir', writer: 'Escritor',
    trouble: 'Ahora no se puede escribir nada en el registro', slow: { one: '{count} cambio espera al registro más de lo normal.', other: '{count} cambios esperan al registro más de lo normal.' }, empty: 'Aún no se ha emitido nada. Lo que emita aparecerá aquí.', noData: 'Sin cifras', asTable: '{name} en una tabla',
  },
  writers: { writing: 'escribiendo', 'standing by': 'escribe otro proceso', stopped: 'parado' },
  standings: { accredited: 'Acreditado', active: 'Acreditado', suspended: 'Suspendido', removed: 'Retirado', unknown: 'Desconocido' },
  keys: {
    accreditation: 'Acreditación', name: 'Nombre', accreditedBy: 'Acreditado por', notAccredited: 'Este proveedor no está acreditado. No se puede emitir nada.', account: 'Cuenta', balance: 'Saldo', writes: { one: 'alcanza para {count} escritura', other: 'alcanza para {count} escrituras' }, lowGas: { one: 'La cuenta solo alcanza para {count} escritura más. Envíele ether.', other: 'La cuenta solo alcanza para {count} escrituras más. Envíele ether.' },
    notOnChain: 'El registro no tiene la clave en uso. Los pases hechos con ella se rechazan.', lists: 'Listas de estado', list: 'Lista {id}', blocked: { one: '{count} bloqueado', other: '{count} bloqueados' }, keys: 'Claves', key: 'Clave', type: 'Para qué', passes: 'Pases', current: 'En uso', former: 'Anterior', missing: 'No está en el registro',
    anchors: { one: '{count} ancla', other: '{count} anclas' }, unanchored: { one: '{count} firma aún sin anclar', other: '{count} firmas aún sin anclar' }, anchor: 'Anclar ahora',
  },
  rotation: {
    title: 'Claves nuevas', says: 'Cambie las claves de vez en cuando, y enseguida si una antigua puede estar en malas manos. Los certificados de los pacientes siguen siendo válidos.', which: '¿Qué claves?',
    keys: { did: { label: 'Claves de los certificados', hint: 'Durante siete días puede volver a las antiguas.' }, claims: { label: 'Clave de los pases', hint: 'Todo lo válido se firma de nuevo. Tras el cambio, la antigua no puede volver.' }, all: { label: 'Ambas', hint: 'La clave de los pases no puede volver.' } },
    work: { one: '{count} certificado se firma de nuevo.', other: '{count} certificados se firman de nuevo.' }, prepare: 'Preparar', prepareSays: 'Aún no cambia nada y se puede descartar.', stages: { prepared: 'Preparadas', switched: 'Cambiadas', confirmed: 'Confirmadas' },
    now: {
      preparing: 'Se están preparando las claves nuevas.', prepared: 'Las claves nuevas están listas y nadie las ve todavía.', switching: 'Se está haciendo el cambio. Tarda algunos bloques de la cadena.', switched: 'Las claves nuevas están en uso. Las antiguas siguen en la lista.', confirming: 'Se están quitando las claves antiguas.', 'going-back': 'Volviendo atrás.',
    },
    backUntil: 'Puede volver atrás hasta el {date}.',
    steps: { switch: { act: 'Cambiar a las claves nuevas', says: 'Desde ahora todo se firma con las claves nuevas.' }, confirm: { act: 'Confirmar las claves nuevas', says: 'Se quitan las claves antiguas. Después no se puede volver atrás.' }, back: { act: 'Volver atrás' } },
    claimsForGood: 'El registro acepta una clave de pases una sola vez: tras el cambio, la antigua no puede volver.', backNothing: 'Las claves preparadas se descartan y no ha pasado nada.', backKeys: 'Las claves antiguas de los certificados vuelven a usarse.', backDocument: 'Las claves antiguas de los certificados vuelven a usarse. La clave de los pases sigue siendo la nueva.',
  },
  network: {
    accredit: 'Acreditar a un proveedor', accreditSays: 'El proveedor le envía un archivo que su servicio escribió al empezar ({file}). Antes compare su cuenta con él por otra vía.', requestFile: 'Archivo del proveedor', notJson: 'Esto no es ese archivo', lists: 'Listas de estado', listsTitle: 'Listas de estado para {name}', listsAct: 'Añadir listas', listsHint: 'De 1 a 16; cada una tiene sitio para un millón de certificados', own: 'este servicio', ownSays: 'Este es el servicio con el que trabaja: después no podrá emitir.', pays: 'Cuenta de la red', done: 'Lo que se ha hecho', none: 'Nada todavía.',
    acts: {
      suspend: { act: 'Suspender', title: '¿Suspender a {name}?', says: 'Todo lo que emitió este proveedor se rechaza hasta que se restablezca.' }, reinstate: { act: 'Restablecer', title: '¿Restablecer a {name}?', says: 'Lo que emitió este proveedor se acepta de nuevo.' }, remove: { act: 'Retirar', title: '¿Retirar a {name} para siempre?', says: 'Todo lo que emitió este proveedor se rechaza para siempre. No se puede deshacer.' },
    },
    actions: { accredit: 'Acreditado', suspend: 'Suspendido', reinstate: 'Restablecido', remove: 'Retirado', 'assign-lists': 'Listas añadidas' },
    reasons: { 'accreditation-lapsed': 'La acreditación ha vencido', misconduct: 'Mala conducta', 'key-compromise': 'Una clave cayó en malas manos', 'issuer-request': 'Lo pidió el proveedor', 'under-review': 'Se está revisando', 'review-closed': 'Ya se revisó', ceased: 'El proveedor ha cerrado', unspecified: 'Sin motivo' },
  },
  roles: { clinician: { name: 'Personal clínico', may: 'Emite certificados y cambia su estado' }, admin: { name: 'Administrador', may: 'Se ocupa del personal, las claves y el registro de actividad; borra personas' }, verifier: { name: 'Controlador', may: 'Pide pases en un mostrador' }, operator: { name: 'Operador de la red', may: 'Acredita, suspende y retira a proveedores' } },
  staffing: {
    invite: 'Invitar a alguien', invited: 'Invitación', invitedSays: 'Dé este enlace a la persona por una vía de confianza. Sirve una vez, durante tres días, y no se vuelve a mostrar.', name: 'Nombre', nameHint: 'Como la conocen sus compañeros', roles: 'Funciones', rolesOf: 'Funciones de {name}', setRoles: 'Cambiar las funciones', rolesSays: 'Sus sesiones terminan y tendrá que iniciar sesión de nuevo.', you: 'usted', again: 'Nueva invitación',
    states: { invited: 'Invitado', active: 'Activo', suspended: 'Suspendido' },
    acts: { suspend: { title: '¿Suspender a {name}?', says: 'Se cierra su sesión al momento y no podrá entrar.', act: 'Suspender' }, reinstate: { title: '¿Restablecer a {name}?', says: 'Podrá entrar de nuevo.', act: 'Restablecer' }, again: { title: '¿Invitar otra vez a {name}?', says: 'Para quien perdió su clave de acceso o la invitación.', act: 'Nueva invitación' } },
  },
  clients: {
    title: 'Programas', says: 'Otro software que actúa por su organización, como el sistema de un laboratorio.', add: 'Añadir un programa', secret: 'Secreto', id: 'Identificador', once: 'Ambos son para el programa. El secreto no se vuelve a mostrar.', none: 'No hay programas.', may: 'Puede', ended: 'Terminado', newSecret: 'Nuevo secreto', remove: 'Terminar',
    asks: { secret: { title: '¿Dar a {name} un nuevo secreto?', says: 'El anterior vale una hora más.' }, remove: { title: '¿Terminar {name}?', says: 'Desde ahora no podrá hacer nada.' } },
  },
  permissions: {
    'credentials:issue': 'Emitir certificados', 'credentials:read': 'Ver el registro', 'credentials:status': 'Revocar y suspender', 'offers:write': 'Hacer ofertas', 'campaigns:write': 'Importar archivos', 'patients:read': 'Ver pacientes', 'patients:write': 'Añadir pacientes', 'presentations:request': 'Pedir pases', 'anchors:write': 'Anclar', 'audit:read': 'Ver el registro de actividad',
  },
  account: { passkeys: 'Mis claves de acceso', oneOnly: 'Solo tiene una clave de acceso. Añada otra en un segundo dispositivo para no quedarse fuera si la pierde.', passkey: 'Clave de acceso {number}', used: 'usada', add: 'Añadir una clave de acceso', remove: 'Quitar', sessions: 'Dónde tengo la sesión abierta', thisOne: 'aquí', end: 'Cerrar', page: 'Esta página', singleKeys: 'Teclas sueltas como atajos', singleKeysHint: 'Desactívelas si usa entrada de voz.' },
  audit: { action: 'Qué', actionHint: 'Por ejemplo, {example}', target: 'De qué', time: 'Cuándo', actor: 'Quién', detail: 'Detalles', none: 'Ninguna entrada coincide.', check: 'Comprobar el registro', checkSays: 'Si alguien cambió o quitó entradas.', intact: { one: 'El registro está íntegro: {count} entrada.', other: 'El registro está íntegro: {count} entradas.' }, head: 'Guarde esta línea en otro sitio: comparada más tarde, muestra si se reescribió todo el registro.', broken: 'El registro se alteró en la entrada {entry}. Avise a quien gestiona el servicio.', kinds: { staff: 'Personal', client: 'Programa', operator: 'Operador', nobody: 'Nadie' } },
  palette: { title: 'Ir o buscar', label: 'Sección, paciente o número' },
  keysHelp: { title: 'Teclas', search: 'Buscar', move: 'Fila siguiente y anterior', open: 'Abrir', choose: 'Elegir una fila', clear: 'No elegir ninguna' },
};
