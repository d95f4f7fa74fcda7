// A passphrase, in the words of this app.
import { PassphraseField, type PassphraseProps } from '#faces/parts/passphrase.tsx';
import { useWords } from '../speech.tsx';

export const Passphrase = (props: PassphraseProps) => <PassphraseField {...props} words={useWords().w.passphrase} />;
