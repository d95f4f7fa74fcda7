import type { Translation } from '#faces/words/words.ts';
import type { opening as en } from '../en/opening.ts';

export const opening: Translation<typeof en> = {
  welcome: {
    title: 'Historias clínicas, cuando el paciente lo acepta', lead: 'Para médicos, enfermeros, farmacias, hospitales, laboratorios y las entidades que los registran.',
    points: { asked: 'Los pacientes deciden qué ve usted, para qué y hasta cuándo.', signed: 'Lo que escribe lleva su firma.', kept: 'Sus claves quedan cifradas en este dispositivo.' },
    start: 'Crear mis claves', restore: 'Tengo un archivo de claves', protect: 'Proteja sus claves', protectLead: 'Sus claves firman lo que escribe y abren lo que los pacientes comparten con usted. Nadie puede abrirlas sin esto, y nadie puede restablecerlo por usted.',
    passkey: 'Usar huella, rostro o PIN del dispositivo', passphraseInstead: 'Usar mejor una frase de contraseña', passkeyInstead: 'Usar mejor huella, rostro o PIN del dispositivo', create: 'Crear mis claves', creating: 'Creando sus claves…',
  },
  passphrase: {
    label: 'Frase de contraseña', new: 'Nueva frase de contraseña', hint: 'Al menos 10 caracteres. Cuatro palabras seguidas son fáciles de recordar y difíciles de adivinar.',
    short: 'Use al menos 10 caracteres', easy: 'Es fácil de adivinar. Use unas palabras que no tengan relación', empty: 'Escriba la frase de contraseña', wrong: 'Esta frase de contraseña no lo abre', show: 'Mostrar la frase', hide: 'Ocultar la frase',
  },
  unlock: {
    title: 'Desbloquee sus claves', open: 'Desbloquear', passkey: 'Desbloquear con huella, rostro o PIN del dispositivo', opening: 'Desbloqueando…',
    idle: 'Se bloquearon porque nadie usó esta página durante un rato. Continuará donde estaba.', elsewhere: 'Se bloquearon en otra pestaña.',
    forgotten: 'Ya no puedo abrirlas', forgottenText: 'Nadie puede restablecer lo que abre sus claves, ni siquiera nosotros. Puede borrarlas aquí y luego recuperarlas de su archivo de claves o empezar de nuevo.', wipe: 'Borrar las claves de este dispositivo',
  },
  unusable: { title: 'Sus claves no se pueden guardar aquí', unreadable: 'Sus claves no se pueden abrir' },
  wipe: {
    title: 'Borrar las claves de este dispositivo', text: 'Sin su archivo de claves no se pueden recuperar: pierde lo que los pacientes comparten con usted y tendrá que registrarse de nuevo.', word: 'borrar', confirm: 'Escriba «{word}» para confirmar', wrong: 'Escriba la palabra tal como aparece', button: 'Borrar las claves',
  },
  restore: { title: 'Recuperar sus claves', file: 'Archivo de claves', noFile: 'Elija el archivo', open: 'Recuperar mis claves', opening: 'Abriendo…', opensWith: 'Después, la frase del archivo abrirá sus claves también aquí.' },
};
