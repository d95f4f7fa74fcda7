// Starts the app.
import '#faces/strict.ts';
import '#faces/look/index.css';
import '#faces/look/desk.css';
import './look.css';
import { startFace } from '#faces/start.tsx';
import { App } from './app.tsx';
import { en, others } from './words/index.ts';

startFace({ en, others, app: <App /> });
