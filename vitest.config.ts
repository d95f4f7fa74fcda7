import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Whole systems, processes that are killed, browsers: they take the longest, and each has a process of its own. */
const ALONE = ['test/**/*.browser.test.ts', 'test/{journeys,cli,conformance,server/faults,issuer/campaigns,issuer/outbox}/**/*.test.ts'];

/** Long files first: one that begins last keeps a worker busy while the other has nothing left. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ project }: TestSpecification) => project.name === 'alone';
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    // Real chains and real proofs: two at a time is what two cores bear.
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // What is waited for comes when it comes: others use the machine too. A claim about time is an expectation of its own.
    expect: { poll: { timeout: 60_000 } },
    projects: [
      { extends: true, test: { name: 'alone', include: ALONE } },
      // Loading what they test takes most files longer than testing it. Those of one process load it once; what a file changes outside of itself it puts back.
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: ALONE, isolate: false } },
    ],
  },
});
