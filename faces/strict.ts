// To be imported before anything else that runs in a page or worker: zod tries whether it may make code of strings, which our pages forbid
// and browsers would report each time.
import { config } from 'zod';

config({ jitless: true });
