// What was started, to be ended in the opposite order: all of it, also where one end fails.

export type Closers = {
  /** `close` is called when everything ends, before what was added earlier. */
  readonly add: (close: () => unknown) => void;
  /** Ends everything once. @throws what the first failing end threw, after all were tried */
  readonly stop: () => Promise<void>;
};

export function createClosers(): Closers {
  const started: (() => unknown)[] = [];
  let stopping: Promise<void> | undefined;
  const stopAll = async () => {
    const failures: unknown[] = [];
    for (let close = started.pop(); close; close = started.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  return { add: (close) => void started.push(close), stop: () => (stopping ??= stopAll()) };
}
