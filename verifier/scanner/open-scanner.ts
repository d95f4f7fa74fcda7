// The scanner, wired to this browser: its worker, its camera, what is heard and felt.
import { go, readPlace } from '#faces/navigation.ts';
import { scriptUrl } from '#faces/trusted.ts';
// oxlint-disable-next-line import/default -- Vite gives the address of the built worker
import engineUrl from './engine.worker.ts?worker&url';
import { createSound, vibrate } from './alerts/sound.ts';
import { keepAwake } from './alerts/wake-lock.ts';
import { createCamera } from '#faces/camera/camera.ts';
import { followInputs } from './capture/inputs.ts';
import type { FromEngine } from './engine/messages.ts';
import { createScanner, type Scanner } from './state/scanner.ts';
import { openSettings } from './state/settings.ts';

export function openScanner(): Scanner {
  const worker = new Worker(scriptUrl(engineUrl), { type: 'module' });
  const settings = openSettings();
  const sound = createSound();
  const scanner = createScanner({
    engine: {
      post: (message, hand = []) => worker.postMessage(message, hand),
      listen: (listener) => worker.addEventListener('message', ({ data }: MessageEvent<FromEngine>) => listener(data)),
    },
    // Only from where staff look for codes: nobody is taken away from what they write.
    onRule: (text) => { if (readPlace(location.hash).path.length === 0) go(`#/rule?t=${encodeURIComponent(text)}`); },
    settings, camera: createCamera(navigator.mediaDevices),
    announce(outcome) {
      if (settings.get().sound) sound.play(outcome);
      if (settings.get().vibration) vibrate(outcome);
    },
  });
  followInputs(scanner);
  void keepAwake();
  addEventListener('online', scanner.refresh);
  return scanner;
}
