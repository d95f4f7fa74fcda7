// What comes in without the camera: readers that type, texts and pictures that are pasted or dropped. Nothing of it is put into the page.
import { createWedge, type WedgeText } from './wedge.ts';

export type Taken = { readonly text: (text: string) => void; readonly zone: (zone: string) => void; readonly image: (image: Blob) => void };

const isField = (target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/** @returns ends it */
export function followInputs({ text, zone, image }: Taken): () => void {
  let field: HTMLInputElement | HTMLTextAreaElement | undefined;
  const wedge = createWedge((read: WedgeText) => {
    if (field && isTextual(field)) takeBack(field, read.strayed);
    (read.kind === 'zone' ? zone : text)(read.text);
  });
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    field = isField(event.target) ? event.target : undefined;
    if (!wedge.key(event.key, event.timeStamp)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onPaste = (event: ClipboardEvent) => {
    const picture = pictureOf(event.clipboardData);
    if (picture) image(picture);
    else if (!isField(event.target)) text(event.clipboardData?.getData('text/plain') ?? '');
    else return;
    event.preventDefault();
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault(); // a dropped file must not take the place of the page
    const picture = pictureOf(event.dataTransfer);
    if (picture) image(picture);
  };
  const onDrag = (event: DragEvent) => event.preventDefault();
  addEventListener('keydown', onKey, true);
  addEventListener('paste', onPaste);
  addEventListener('drop', onDrop);
  addEventListener('dragover', onDrag);
  return () => {
    removeEventListener('keydown', onKey, true);
    removeEventListener('paste', onPaste);
    removeEventListener('drop', onDrop);
    removeEventListener('dragover', onDrag);
  };
}

const isTextual = (field: HTMLInputElement | HTMLTextAreaElement): boolean => field instanceof HTMLTextAreaElement || ['text', 'search'].includes(field.type);

/** The first characters of a burst went into the field that had the focus. */
function takeBack(field: HTMLInputElement | HTMLTextAreaElement, count: number): void {
  const end = field.selectionStart ?? field.value.length;
  field.setRangeText('', Math.max(end - count, 0), end, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

const pictureOf = (data: DataTransfer | null): Blob | undefined =>
  [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));
