// Scanning a code: by the camera, or from a picture. What it reads is handed on as it is, once for each code in sight.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Notice } from '#faces/parts/notice.tsx';
import { useWords } from '../speech.tsx';

type Seen = 'starting' | 'running' | 'denied' | 'missing' | 'failed' | 'nothing';

export function Scan({ onText }: { readonly onText: (text: string) => void }) {
  const { w } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const [seen, setSeen] = useState<Seen>('starting');
  const latest = useRef({ onText, last: '' });
  latest.current.onText = onText;
  const take = (text: string) => {
    if (text === latest.current.last) return;
    latest.current.last = text;
    latest.current.onText(text);
  };
  useEffect(() => {
    let stop = () => {};
    let isOver = false;
    void (async () => {
      const { openCamera } = await import('#faces/camera/text-camera.ts');
      if (isOver || !video.current) return;
      const camera = await openCamera(video.current, { onText: take, onFailure: setSeen });
      stop = camera.stop;
      if (isOver) stop();
    })();
    return () => {
      isOver = true;
      stop();
    };
  }, []);
  const readFile = async (file: File | undefined) => {
    if (!file) return;
    const { readImage } = await import('#faces/camera/text-camera.ts');
    const text = await readImage(file);
    latest.current.last = '';
    if (text === undefined) setSeen('nothing');
    else take(text);
  };
  const hasCamera = seen === 'starting' || seen === 'running';
  return (
    <div class="stack">
      {!hasCamera && <Notice kind="warn" alert>{w.scan[seen === 'failed' ? 'missing' : seen]}</Notice>}
      <div class="viewfinder" hidden={!hasCamera && seen !== 'nothing'}>
        <video ref={video} playsInline muted aria-label={w.scan.view} onPlaying={() => setSeen('running')} />
      </div>
      {hasCamera && <p role="status" class="soft">{seen === 'starting' ? w.scan.starting : w.scan.aim}</p>}
      <label class="button file-button" data-kind="secondary">
        {w.scan.file}
        <input type="file" accept="image/*" class="unseen" onChange={(event) => void readFile(event.currentTarget.files?.[0])} />
      </label>
    </div>
  );
}
