// The camera: opened at once, closed while nobody looks, opened again when it comes back. Why it does not run is a state that says what to do.
import { createValue, type Followed } from '../value.ts';

export const CAMERA_PROBLEMS = ['camera-denied', 'camera-absent', 'camera-in-use', 'camera-unsupported'] as const;
export type CameraProblem = (typeof CAMERA_PROBLEMS)[number];
export type CameraState =
  | { readonly name: 'off' }
  | { readonly name: 'opening' }
  | { readonly name: 'on'; readonly stream: MediaStream; readonly id: string | undefined; readonly torch: 'none' | 'off' | 'on'; readonly cameras: readonly string[] }
  | { readonly name: 'failed'; readonly problem: CameraProblem };

export type Camera = Followed<CameraState> & {
  /** `id` of the one wanted; any that looks away from its holder without. */
  readonly open: (id?: string | undefined) => Promise<void>;
  readonly close: () => void;
  /** Opens the next one. @returns its id, to be kept */
  readonly next: () => Promise<string | undefined>;
  readonly setTorch: (on: boolean) => Promise<void>;
};

const PROBLEM_OF: Readonly<Record<string, CameraProblem>> = {
  NotAllowedError: 'camera-denied', SecurityError: 'camera-denied', NotFoundError: 'camera-absent', OverconstrainedError: 'camera-absent', NotReadableError: 'camera-in-use', AbortError: 'camera-in-use',
};

/** What browsers with torches know and the DOM's types do not. */
type Torch = { readonly torch?: boolean };

type Devices = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'>;

/** The camera that was chosen and no other: a wish alone is outvoted by the size of the picture. One that is gone gives way to any. */
async function streamFrom(devices: Devices, id: string | undefined): Promise<MediaStream> {
  const from = (which: MediaTrackConstraints) => devices.getUserMedia({ audio: false, video: { width: { ideal: 1280 }, height: { ideal: 720 }, ...which } });
  const any = () => from({ facingMode: { ideal: 'environment' } });
  if (id === undefined) return any();
  return from({ deviceId: { exact: id } }).catch((error: unknown) => {
    if (['OverconstrainedError', 'NotFoundError'].includes((error as DOMException).name)) return any();
    throw error;
  });
}

export function createCamera(devices: Devices | undefined): Camera {
  const state = createValue<CameraState>({ name: 'off' });
  let attempt = 0;
  const streamOf = (current: CameraState) => (current.name === 'on' ? current.stream : undefined);
  const stop = () => streamOf(state.get())?.getTracks().forEach((track) => track.stop());

  async function open(id?: string): Promise<void> {
    const own = ++attempt;
    stop();
    if (!devices) return state.set({ name: 'failed', problem: 'camera-unsupported' });
    state.set({ name: 'opening' });
    try {
      const stream = await streamFrom(devices, id);
      if (own !== attempt) return stream.getTracks().forEach((track) => track.stop());
      const [track] = stream.getVideoTracks();
      track?.addEventListener('ended', () => own === attempt && state.set({ name: 'failed', problem: 'camera-in-use' }));
      const cameras = (await devices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput').map(({ deviceId }) => deviceId);
      const hasTorch = (track?.getCapabilities?.() as Torch | undefined)?.torch === true;
      if (own === attempt) state.set({ name: 'on', stream, id: track?.getSettings().deviceId, torch: hasTorch ? 'off' : 'none', cameras });
    } catch (error) {
      if (own === attempt) state.set({ name: 'failed', problem: PROBLEM_OF[(error as DOMException).name] ?? 'camera-unsupported' });
    }
  }

  return {
    ...state, open,
    close() {
      attempt++;
      stop();
      state.set({ name: 'off' });
    },
    async next() {
      const current = state.get();
      if (current.name !== 'on' || current.cameras.length < 2) return undefined;
      await open(current.cameras[(current.cameras.indexOf(current.id ?? '') + 1) % current.cameras.length]);
      const opened = state.get();
      return opened.name === 'on' ? opened.id : undefined;
    },
    async setTorch(on) {
      const current = state.get();
      if (current.name !== 'on' || current.torch === 'none') return;
      await current.stream.getVideoTracks()[0]?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
      state.set({ ...current, torch: on ? 'on' : 'off' });
    },
  };
}
