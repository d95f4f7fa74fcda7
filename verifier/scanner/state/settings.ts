// How this lane is set up. Kept on this device; nothing of any person is in it. Another window of the same scanner takes a change over.
import { z } from 'zod';
import { createValue, type Followed } from '#faces/value.ts';

const KEPT_AS = 'scanner-settings';

const text = z.string().max(100);
const settingsSchema = z.object({
  /** Policy id, optionally `id@version`; any known one without. */
  rule: text.optional().catch(undefined),
  /** How this lane is called. */
  lane: text.catch(''),
  /** How the venue is called to wallets. */
  venue: text.catch(''),
  /** One entry a person: the event, whose name carries its day. */
  event: z.string().max(200).optional().catch(undefined),
  /** Whether passes are compared with an identity document. */
  match: z.boolean().catch(false),
  /** Whether passes from before the newest withdrawal are turned away, sooner than their rule demands. */
  strict: z.boolean().catch(false),
  sound: z.boolean().catch(true),
  vibration: z.boolean().catch(true),
  /** Seconds that a verdict stays; 0 until somebody goes on. */
  hold: z.union([z.literal(0), z.literal(3), z.literal(8)]).catch(3),
  /** Device id of the camera. */
  camera: z.string().max(300).optional().catch(undefined),
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingsStore = Followed<Settings> & { readonly change: (change: Partial<Settings>) => void };

const STANDARD = settingsSchema.parse({});

export function openSettings(): SettingsStore {
  const value = createValue<Settings>(read());
  addEventListener('storage', ({ key }) => key === KEPT_AS && value.set(read()));
  return {
    ...value,
    change(change) {
      value.set({ ...value.get(), ...change });
      try {
        localStorage.setItem(KEPT_AS, JSON.stringify(value.get()));
      } catch {
        // A browser that keeps nothing: the settings last until it is closed.
      }
    },
  };
}

function read(): Settings {
  try {
    return settingsSchema.parse(JSON.parse(localStorage.getItem(KEPT_AS) ?? '{}'));
  } catch {
    return STANDARD;
  }
}
