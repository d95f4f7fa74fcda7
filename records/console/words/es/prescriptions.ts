import type { Translation } from '#faces/words/words.ts';
import type { prescriptions as en } from '../en/prescriptions.ts';

export const prescriptions: Translation<typeof en> = {
  prescribe: {
    lead: 'Va al historial y a la cartera del paciente. La farmacia que el paciente elija la dispensa, una sola vez cada vez.', medicine: 'Medicamento', medicineHint: 'Principio activo, dosis y forma', code: 'Código', codeHint: 'Si lo tiene', codeSystem: 'Sistema de códigos', dosage: 'Cómo se toma', quantity: 'Cantidad', unit: 'Unidad', unitHint: 'Comprimidos, envases, mililitros',
    repeats: 'Repeticiones', repeatsHint: 'Después de la primera vez', until: 'Válida hasta', note: 'Para la farmacia', send: 'Firmar y recetar', done: 'Recetado', doneSays: 'El paciente la tiene en la cartera.', another: 'Recetar otra', missing: { medicine: 'Escriba el medicamento', dosage: 'Escriba cómo se toma', until: 'Elija un día dentro de un año', quantity: 'Este número no es posible', unit: 'Escriba la unidad' },
  },
  issued: {
    none: 'Aún no ha recetado nada.', at: 'Recetado {time}', until: 'válida hasta {date}', states: { unused: 'Sin dispensar', dispensed: 'Dispensada', void: 'Retirada' }, use: 'N.º {number}', withdraw: 'Retirar', withdrawTitle: '¿Retirar {title}?', withdrawSays: 'Ninguna farmacia la dispensará. Lo dispensado, dispensado queda.', withdrawn: '{title} se ha retirado',
  },
  counter: {
    lead: 'El paciente escanea el código con su cartera y entrega una receta.', show: 'Mostrar un código', code: 'Código para la cartera del paciente', openWallet: 'Abrir la cartera en este dispositivo', waits: 'Esperando al paciente…', over: 'El código ha caducado', next: 'Siguiente paciente',
    verified: 'Se puede dispensar', verifiedSays: 'Firmada por quien puede recetar, válida y sin usar. No entregue nada antes de dispensar.', person: 'Para', born: 'nacido el {date}', nameless: 'El paciente no dijo quién es', prescriber: 'Recetado por', use: 'Dispensación n.º {number} de {all}', until: 'Válida hasta', dispense: 'Firmar y dispensar', dispensing: 'El registro la recoge…',
    dispensed: 'Dispensada: entréguela', written: 'Consta en el historial del paciente.', given: 'La cartera del paciente recibió la nota.', refused: 'No entregue nada', unknown: 'Todavía no entregue nada', unknownSays: 'El registro no responde y nadie sabe si se ha dispensado. Inténtelo de nuevo.',
    reasons: {
      malformed: 'Esto no es una receta.', 'signature-invalid': 'Quien receta no ha firmado esto: se ha cambiado o falsificado.', 'prescriber-unknown': 'Quien firmó no puede recetar, o ya no.', 'not-yet': 'Aún no es válida.', expired: 'Ha caducado.', 'use-unknown': 'La prueba de esta dispensación no es correcta.', void: 'Quien la recetó la ha retirado.', 'already-dispensed': 'Ya se ha dispensado.',
    },
    tell: 'Decírselo al paciente', told: 'Se ha avisado al paciente.',
  },
};
