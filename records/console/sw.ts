// The service worker of this app; the build puts in which files there are.
import type { PrecacheEntry } from 'workbox-precaching';
import { keepFiles } from '#faces/offline/worker.ts';

declare const FILES_OF_BUILD: readonly PrecacheEntry[];

keepFiles(FILES_OF_BUILD, self as unknown as Parameters<typeof keepFiles>[1]);
