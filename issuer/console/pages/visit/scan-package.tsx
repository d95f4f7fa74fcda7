// Reads the code of a package with the camera.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TextCamera } from '#faces/camera/text-camera.ts';
import { Button } from '#faces/parts/button.tsx';
import { Dialog } from '#faces/parts/dialog.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { useWords } from '../../console.tsx';

type Props = { /** @returns whether it was the code of a package */ readonly onText: (text: string) => boolean };

export function ScanPackage({ onText }: Props) {
  const { w } = useWords();
  const [isOpen, setOpen] = useState(false);
  // Once the dialog is gone: before, nothing outside it takes the focus.
  const close = () => {
    setOpen(false);
    setTimeout(() => document.getElementById('lot')?.focus(), 50);
  };
  return (
    <>
      <Button kind="secondary" onClick={() => setOpen(true)}>{w.visit.scan}</Button>
      {isOpen && <Scanning onText={onText} onClose={close} />}
    </>
  );
}

function Scanning({ onText, onClose }: Props & { readonly onClose: () => void }) {
  const { w, shared } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const [says, setSays] = useState<'noCamera' | 'scanNothing'>();
  useEffect(() => {
    let left = false;
    let camera: TextCamera | undefined;
    // The reader of codes is large, and few need it.
    void (async () => {
      const { openCamera } = await import('#faces/camera/text-camera.ts');
      camera = await openCamera(video.current!, {
        onText: (text) => { if (onText(text)) onClose(); else setSays('scanNothing'); },
        onFailure: () => setSays('noCamera'),
      }, 'DataMatrix');
      if (left) camera.stop();
    })();
    return () => {
      left = true;
      camera?.stop();
    };
  }, []);
  return (
    <Dialog title={w.visit.scan} onClose={onClose}>
      <p>{w.visit.scanning}</p>
      <video ref={video} class="film" muted playsInline />
      {says && <Notice kind={says === 'noCamera' ? 'bad' : 'warn'} alert>{w.visit[says]}</Notice>}
      <div class="row"><Button kind="secondary" onClick={onClose}>{shared.cancel}</Button></div>
    </Dialog>
  );
}
