import type { VerdictWords } from '../types.ts';

const makeNew = 'Haga un pase nuevo.';
const scanFirst = 'Escanee con la cartera el código de este mostrador y muestre después el pase.';
const askProvider = 'Pida al centro un certificado nuevo.';
const openWallet = 'Muéstrelo de nuevo desde la cartera que lo guarda.';
const connect = 'Conecte este dispositivo a internet e inténtelo de nuevo.';

export const verdict: VerdictWords = {
  fixers: {
    holder: 'La persona con el pase puede arreglarlo.', verifier: 'Puede arreglarlo usted en este dispositivo.', issuer: 'Solo puede arreglarlo el centro que lo emitió.', nobody: 'Nadie puede cambiar esto.',
  },
  reasons: {
    'policy-mismatch': { says: 'El pase se hizo para otra norma.', next: 'Haga un pase para la norma que se pide aquí.' },
    'window-not-begun': { says: 'El pase es para más tarde.', next: 'Muéstrelo a su hora o haga un pase nuevo.' },
    'window-over': { says: 'El tiempo de este pase ha terminado.', next: makeNew },
    'window-invalid': { says: 'El pase es para un periodo que la norma no permite.', next: makeNew },
    'code-expired': { says: 'El código es demasiado antiguo. Puede ser una foto de un código.', next: 'Muestre el código en vivo de la cartera.' },
    'code-from-future': { says: 'Los relojes del teléfono y de este dispositivo no coinciden.', next: 'Ponga ambos relojes en hora.' },
    'challenge-missing': { says: 'El pase no responde a este mostrador.', next: scanFirst },
    'challenge-wrong': { says: 'El pase responde a otro mostrador o a una pregunta anterior.', next: scanFirst },
    'audience-wrong': { says: 'El pase se hizo para otra persona o lugar.', next: scanFirst },
    'root-superseded': { says: 'El pase se hizo con datos anticuados.', next: 'Conecte la cartera a internet y haga un pase nuevo.' },
    'proof-invalid': { says: 'El pase no es auténtico o está dañado.', next: 'Haga un pase nuevo. Si vuelve a ocurrir, no lo acepte.' },
    'scope-missing': { says: 'Al pase le falta la marca de una entrada por persona.', next: scanFirst },
    'scope-used': { says: 'Esta persona ya ha entrado.', next: 'Una entrada por persona. Aquí no se puede hacer más.' },
    'scope-unasked': { says: 'El pase se hizo para un evento con una entrada por persona.', next: 'Haga un pase para este mostrador.' },
    'match-missing': { says: 'El pase no se puede comparar con un documento.', next: 'Haga un pase que permita la comparación.' },
    'match-wrong': { says: 'El nombre o la fecha de nacimiento no coinciden con el documento.', next: 'Compruebe lo escrito. Si es correcto, el pase es de otra persona.' },
    'document-needed': { says: 'Es un certificado en papel. Cualquiera podría llevarlo.', next: 'Compárelo con un documento de identidad: escriba el nombre y la fecha de nacimiento.' },
    'signature-invalid': { says: 'La firma no es auténtica.', next: askProvider },
    'algorithm-refused': { says: 'Está firmado de una forma que no se acepta.', next: askProvider },
    'issuer-unknown': { says: 'El centro no está reconocido.', next: 'La autoridad sanitaria debe reconocer antes al centro.' },
    'issuer-suspended': { says: 'El centro está suspendido por el momento.', next: 'El centro debe resolverlo con la autoridad sanitaria.' },
    'issuer-removed': { says: 'El centro ya no está reconocido.', next: 'Pida un certificado nuevo a otro centro.' },
    'issuer-key-unlisted': { says: 'El centro nunca publicó la clave que firmó esto.', next: askProvider },
    'issuer-key-retired': { says: 'La clave que firmó esto se ha retirado.', next: askProvider },
    'certificate-invalid': { says: 'Nada demuestra que el centro sea quien dice ser.', next: askProvider },
    'list-foreign': { says: 'El certificado remite a los registros de otro centro.', next: askProvider },
    'credential-malformed': { says: 'Al certificado le falta algo que debe tener.', next: askProvider },
    'credential-expired': { says: 'El certificado ha caducado.', next: askProvider },
    'credential-not-yet-valid': { says: 'El certificado aún no es válido.', next: 'Muéstrelo más tarde.' },
    'credential-revoked': { says: 'El centro ha retirado el certificado.', next: 'Pregunte al centro por qué.' },
    'credential-suspended': { says: 'El centro ha dejado el certificado en suspenso.', next: 'Pregunte al centro. Puede volver a ser válido.' },
    'disclosure-invalid': { says: 'Lo que se muestra no pertenece al certificado.', next: openWallet },
    'holder-binding-missing': { says: 'Nada demuestra que el certificado sea de esta cartera.', next: openWallet },
    'holder-binding-invalid': { says: 'El certificado es de otra cartera.', next: openWallet },
    'policy-unsatisfied': { says: 'Lo que se muestra no cumple la norma.', next: 'Vea qué pide la norma y muestre otra cosa.' },
    'nothing-presented': { says: 'No se ha mostrado nada.', next: 'Elija un certificado para mostrar.' },
    'query-unsatisfied': { says: 'No se muestra todo lo que se pide.', next: 'Vea qué se pide y elija de nuevo.' },
    'claim-missing': { says: 'Un dato que se pide falta o es distinto.', next: 'Muestre todo lo que se pide.' },
    'issuer-unasked': { says: 'El certificado no es de ninguno de los centros que se piden.', next: 'Elija un certificado de uno de ellos.' },
    'policy-unknown': { says: 'Este dispositivo no conoce la norma del pase.', next: connect },
    'root-unknown': { says: 'Este dispositivo no conoce los datos con los que se hizo el pase.', next: connect },
    'root-not-final': { says: 'Los datos con los que se hizo el pase son demasiado nuevos para fiarse.', next: 'Espere un minuto y escanee de nuevo.' },
    'trust-missing': { says: 'Este dispositivo no tiene datos para comprobar pases.', next: 'Conecte este dispositivo a internet una vez.' },
    'trust-stale': { says: 'Los datos de este dispositivo son demasiado antiguos.', next: connect },
    'status-unknown': { says: 'Aquí no se sabe si el certificado se ha retirado.', next: connect },
    'keys-unknown': { says: 'Aquí no se conocen las claves del centro.', next: connect },
    'clock-wrong': { says: 'El reloj de este dispositivo está mal.', next: 'Ponga en hora el reloj de este dispositivo.' },
  },
};
