// Starts the app.
import '#faces/strict.ts';
import '#faces/look/index.css';
import './look.css';
import { startFace } from '#faces/start.tsx';
import { App } from './app.tsx';
import { openScanner } from './open-scanner.ts';
import { en, others } from './words/index.ts';

const scanner = openScanner();
startFace({ en, others, app: <App scanner={scanner} /> });
// Rules that were passed on to this device count from the start; the page does not wait for them.
void import('./rules/open-shelf.ts').then(({ shelfOf }) => shelfOf(scanner));
