// report/figures/scale.test.ts: ticks are round, hold all values, and every step of a log axis is as long.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactScale, scaleOf } from './scale.ts';

test('a linear axis starts at 0 and ends on the next round value', () => {
  expect(scaleOf({}, [0.7, 6.9]).ticks).toEqual([0, 2, 4, 6, 8]);
  expect(scaleOf({}, [0.1, 0.3]).ticks).toEqual([0, 0.1, 0.2, 0.3]);
});

test('an axis that 0 would squeeze starts near its values instead', () => {
  expect(scaleOf({}, [97.2, 99.9]).ticks).toEqual([97, 98, 99, 100]);
});

test('each decade of a log axis is as long as the next', () => {
  const { at, ticks } = scaleOf({ log: true }, [1, 10_000]);
  expect(ticks).toEqual([1, 10, 100, 1000, 10_000]);
  expect(ticks.map(at)).toEqual([0, 25, 50, 75, 100]);
});

test('values that differ by rounding alone still get an axis', () => {
  expect(scaleOf({}, [1e8, 1e8 + 1e-7]).ticks.length).toBeGreaterThan(1);
  expect(scaleOf({}, [0, 0]).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
});

test('a log axis has no place for 0 or less', () => {
  const { at } = scaleOf({ log: true }, [0, 1, 100]);
  expect([at(0), at(-1), at(10)]).toEqual([null, null, 50]);
});

test('an exact axis keeps its ends and ticks only between them', () => {
  const { at, ticks } = exactScale(-4, 9, 8);
  expect(ticks).toEqual([-4, -2, 0, 2, 4, 6, 8]);
  expect([at(-4), at(9)]).toEqual([0, 100]);
});

test('whatever the values, they lie on the axis and its ticks rise within it', () => {
  const value = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 8 }), fc.boolean(), (values, log) => {
      const { at, ticks } = scaleOf({ log }, values);
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.length).toBeLessThanOrEqual(8);
      const places = ticks.map((tick) => at(tick) ?? -1);
      expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
      const [least, most] = [Math.min(...values), Math.max(...values)];
      if (values.length > 0 && least < most) expect(at(least)).toBeLessThanOrEqual(at(most) ?? -1);
    }),
    { numRuns: 2000 },
  );
});
