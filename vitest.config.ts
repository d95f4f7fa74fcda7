import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where files take the longest: whole systems, processes that are killed, browsers. */
const LONG = /\/test\/(?:journeys|cli|faces|conformance|server\/faults|issuer\/(?:campaigns|outbox|console)|holder-web\/app|verifier\/scanner)\//;

/** Long files first: one that begins last keeps a worker busy while the other has nothing left. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real chains and real proofs: two at a time is what two cores bear.
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
