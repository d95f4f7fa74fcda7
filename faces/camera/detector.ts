// The browser's own detector of codes. It is quicker where the system has a good one, but in some browsers it is there and finds nothing: it is
// taken once it has read a code that we know. It reads no inverted codes, so where it finds nothing another reader looks now and then.
import type { FoundCode } from './found-code.ts';

/** Of so many pictures in which the detector finds nothing, the other reader looks at the last. */
const PATIENCE = 4;
const SAMPLE = 'HP1:0123456789 $%*+-./:';

export type Read = (picture: ImageBitmap) => Promise<readonly FoundCode[]>;
export type Detector = { readonly detect: (source: ImageBitmap) => Promise<readonly { readonly rawValue: string }[]> };
export type DetectorClass = { new(options: { formats: string[] }): Detector; readonly getSupportedFormats: () => Promise<readonly string[]> };


export function readWithBoth(detector: Detector, other: Read): Read {
  let without = 0;
  return async (picture) => {
    const found = await detector.detect(picture);
    if (found.length === 0) return ++without % PATIENCE === 0 ? other(picture) : [];
    without = 0;
    return found.map(({ rawValue }) => ({ bytes: new TextEncoder().encode(rawValue) }));
  };
}

/** The browser's detector, if it is of use. */
export async function findDetector(Class: DetectorClass | undefined, draw: (text: string) => Promise<ImageBitmap>): Promise<Detector | undefined> {
  try {
    if (!Class || !(await Class.getSupportedFormats()).includes('qr_code')) return undefined;
    const detector = new Class({ formats: ['qr_code'] });
    const found = await detector.detect(await draw(SAMPLE));
    return found.length === 1 && found[0]!.rawValue === SAMPLE ? detector : undefined;
  } catch {
    return undefined; // there in name only
  }
}
