// What a scanned or pasted text is for, by its form alone; whoever takes it reads it strictly.
import type { Recognised } from './wallet-app.ts';

const FORMS: readonly (readonly [Recognised, RegExp])[] = [
  ['offer', /^(?:openid-credential-offer|haip-vci):\/\/|^https?:\/\/[^\s?#]+\?(?:[^#\s]*&)?credential_offer(?:_uri)?=/],
  ['request', /^(?:openid4vp|haip-vp|haip):\/\//],
  ['venue', /^\{[\s\S]*"policy"|^HP[QR]1:|^https?:\/\/\S+#\/rule\?t=/],
  ['pass', /^HP1:/],
];

export const recognise = (text: string): Recognised => FORMS.find(([, form]) => form.test(text.trim()))?.[0] ?? 'unknown';
