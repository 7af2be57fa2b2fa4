// test/contract.test.ts: runs one contract on every shape and control arm, each from its real zips.
// CONTRACT_URL=http://… CONTRACT_NAME=serverless runs it on a freshly seeded shop started elsewhere;
// CONTRACT_CUSTOMER_KEY, CONTRACT_INSTRUCTOR_KEY and CONTRACT_RATE_LIMIT_RPS say what that one has.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_CUSTOMER_KEY, DEMO_INSTRUCTOR_KEY } from '../runtime/config.ts';
import { cloudShape } from './cloud-shape.ts';
import { printedDifferences } from './differences.ts';
import { controlNames, controlsAt, shapeNames, shapesAt } from './shapes.ts';
import { eventually, type Subject } from './subject.ts';
import { wholeContract } from './suite.ts';

const { CONTRACT_URL: givenUrl } = process.env;
const counts: Record<string, number> = {};

function underContract(subject: Subject): void {
  counts[subject.name] = 0;
  beforeEach(() => {
    counts[subject.name] = (counts[subject.name] ?? 0) + 1;
  });
  wholeContract(subject);
}

if (givenUrl !== undefined) {
  const subject = elsewhere(givenUrl);
  describe(subject.name, () => underContract(subject));
} else {
  const shapes = {
    ...(await shapesAt(21_000)),
    ...(await controlsAt(21_000)),
    serverless: cloudShape(),
  };
  for (const name of [...shapeNames, ...controlNames, 'serverless'] as const) {
    describe(name, () => {
      beforeAll(() => shapes[name].start());
      afterAll(() => shapes[name].stop());
      underContract(shapes[name]);
    });
  }
}

test('every shape was held to the same number of tests', () => {
  const numbers = Object.values(counts);
  expect(Math.min(...numbers)).toBeGreaterThan(0);
  expect(new Set(numbers).size).toBe(1);
});

afterAll(() => {
  const lines = Object.entries(counts).map(([name, count]) => `  ${name}: ${count} tests`);
  process.stdout.write(
    `\nOne contract, every shape:\n${lines.join('\n')}\n\nKnown differences:\n${printedDifferences()}\n`,
  );
});

/** A shop that somebody else started. */
function elsewhere(baseUrl: string): Subject {
  const { env } = process;
  const name = env.CONTRACT_NAME ?? 'elsewhere';
  return {
    name,
    baseUrl: baseUrl.replace(/\/$/, ''),
    customerKey: env.CONTRACT_CUSTOMER_KEY ?? DEMO_CUSTOMER_KEY,
    instructorKey: env.CONTRACT_INSTRUCTOR_KEY ?? DEMO_INSTRUCTOR_KEY,
    settled: eventually,
    narrowDoor: async () => Number(env.CONTRACT_RATE_LIMIT_RPS ?? 200),
  };
}
