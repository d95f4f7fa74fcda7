// FHIR is checked beside the page: a large file does not hold up who types.
import '#faces/strict.ts';
import { checkFhir, type Checked } from './desk/check.ts';

type Asked = { readonly id: number; readonly text: string };
type Scope = { readonly addEventListener: (type: 'message', listener: (event: { readonly data: Asked }) => void) => void; readonly postMessage: (answer: { readonly id: number; readonly checked: Checked }) => void };

const scope = self as unknown as Scope; // a worker's, which the DOM's types do not know
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a page that started a worker has no origin to name
scope.addEventListener('message', ({ data: { id, text } }) => scope.postMessage({ id, checked: checkFhir(text) }));
