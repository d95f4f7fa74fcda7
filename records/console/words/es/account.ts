import type { Translation } from '#faces/words/words.ts';
import type { account as en } from '../en/account.ts';

export const account: Translation<typeof en> = {
  keys: {
    lockAfter: 'Bloquear cuando nadie use la página durante', minutes: { one: '{count} minuto', other: '{count} minutos', many: '{count} minutos' }, opens: 'Qué abre sus claves', passphrase: 'Frase de contraseña', passkey: 'Huella, rostro o PIN del dispositivo (llave de acceso)',
    change: 'Cambiar la frase de contraseña', addPassphrase: 'Añadir una frase de contraseña', addPasskey: 'Añadir huella, rostro o PIN del dispositivo', remove: 'Quitar', changed: 'Se cambió la frase de contraseña.', added: 'Añadido.', removed: 'Quitado.', removeTitle: '¿Quitar este acceso?', removeText: 'Ya no abrirá sus claves.',
    advice: 'Solo una cosa abre sus claves. Añada otra, para que perderla no le deje fuera.',
  },
  keyFile: {
    title: 'Archivo de claves', lead: 'Si pierde este dispositivo, el archivo de claves las recupera en otro. Quien lo tenga junto con su frase puede firmar en su nombre.', make: 'Guardar un archivo de claves', passphrase: 'Frase de contraseña del archivo', making: 'Creando el archivo…', made: 'El archivo se guardó. Consérvelo en un lugar seguro.',
    never: 'Todavía no ha guardado un archivo de claves.', last: 'Guardado por última vez el {date}.',
  },
};
