// The camera's picture, or why there is none and what to do.
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { useSpeech } from '#faces/words/face.tsx';
import type { CameraProblem } from '#faces/camera/camera.ts';
import { watchFrames } from '#faces/camera/frames.ts';
import { useScanner } from '../scanner-context.tsx';
import { useValue } from '#faces/value.ts';
import type { Words } from '../words/index.ts';

const WORDS = { 'camera-denied': 'denied', 'camera-absent': 'absent', 'camera-in-use': 'inUse', 'camera-unsupported': 'unsupported' } as const satisfies Record<CameraProblem, keyof Words['camera']>;

export function Viewfinder() {
  const { w, shared } = useSpeech<Words>();
  const scanner = useScanner();
  const { camera, settings, look } = scanner;
  const state = useValue(camera);
  const isReady = useValue(scanner.ready);
  const isReading = useValue(scanner.screen).name !== 'document';
  const video = useRef<HTMLVideoElement>(null);
  const stream = state.name === 'on' ? state.stream : undefined;
  useEffect(() => openWhileSeen(() => void camera.open(settings.get().camera), camera.close), [camera]);
  useEffect(() => {
    if (!video.current || !stream) return undefined;
    video.current.srcObject = stream;
    void video.current.play().catch(() => undefined); // interrupted by the next
    return isReady && isReading ? watchFrames(video.current, look) : undefined;
  }, [stream, isReady, isReading]);
  if (state.name === 'failed') {
    const words = w.camera[WORDS[state.problem]];
    return (
      <div data-problem={state.problem}>
        <Notice kind="warn" title={words.title} alert><p>{words.text}</p><p><Button onClick={() => void camera.open()}>{shared.tryAgain}</Button></p></Notice>
      </div>
    );
  }
  return (
    <div class="viewfinder" data-state={state.name}>
      <video ref={video} muted playsInline aria-label={w.scan.picture} />
      <span class="viewfinder-corners" aria-hidden="true" />
      {state.name === 'on' && (
        <div class="viewfinder-tools">
          {state.torch !== 'none' && <Button kind="secondary" aria-pressed={state.torch === 'on'} onClick={() => void camera.setTorch(state.torch === 'off')}>{state.torch === 'on' ? w.scan.torchOff : w.scan.torchOn}</Button>}
          {state.cameras.length > 1 && <Button kind="secondary" onClick={() => void camera.next().then((id) => id !== undefined && settings.change({ camera: id }))}>{w.scan.switchCamera}</Button>}
        </div>
      )}
    </div>
  );
}

/** A camera films nobody while its page is out of sight; a new one, or a new permission, is taken at once. */
function openWhileSeen(open: () => void, close: () => void): () => void {
  const follow = () => (document.visibilityState === 'visible' ? open() : close());
  let permission: PermissionStatus | undefined;
  const allowed = () => permission?.state === 'granted' && follow();
  const followPermission = async () => {
    permission = await navigator.permissions?.query({ name: 'camera' as PermissionName }).catch(() => undefined); // a browser that does not tell
    permission?.addEventListener('change', allowed);
  };
  void followPermission();
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    permission?.removeEventListener('change', allowed);
    document.removeEventListener('visibilitychange', follow);
    close();
  };
}
