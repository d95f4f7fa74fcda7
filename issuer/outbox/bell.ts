// Waiting that can be cut short, by a bell that somebody rings.
export type Bell = { readonly ring: () => void; readonly wait: (milliseconds: number) => Promise<void> };

export function createBell(): Bell {
  const waiting = new Set<() => void>();
  return {
    ring() {
      for (const wake of waiting) wake();
    },
    wait: (milliseconds) => new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      waiting.add(wake);
    }),
  };
}
