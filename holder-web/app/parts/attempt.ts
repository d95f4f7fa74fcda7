// A verb that may fail for what a person can act on: the page is told of the failure, and goes on only where there is none.
import { useState } from 'preact/hooks';
import { failureOf, type Failure } from '#wallet-app/failure.ts';

/** @returns the last failure, and what tries: whether it went well */
export function useAttempt(): readonly [Failure | undefined, (work: () => Promise<unknown>) => Promise<boolean>] {
  const [failure, setFailure] = useState<Failure>();
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    setFailure(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      setFailure(failureOf(error));
      return false;
    }
  };
  return [failure, attempt];
}
