// domain/card-network.test.ts: what the simulated card network says to each card.
// Run by vitest.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askCardNetwork, cards } from './card-network.ts';

const cents = fc.integer({ min: 0, max: 10_000_000_000 });
const tokens = fc.oneof(
  fc.constantFrom(...Object.keys(cards)),
  fc.stringMatching(/^tok_[a-z_]{1,40}$/),
);

test.each([
  ['tok_visa', true, null, 0],
  ['tok_mastercard', true, null, 0],
  ['tok_declined', false, 'declined by the bank', 0],
  ['tok_no_funds', false, 'insufficient funds', 0],
  ['tok_expired', false, 'card expired', 0],
  ['tok_lost', false, 'card reported lost', 0],
  ['tok_slow', true, null, 1500],
  ['tok_slow_declined', false, 'declined by the bank', 1500],
  ['tok_limit', true, null, 0],
  ['tok_nobody', false, 'unknown card', 0],
])(
  '%s at 19.90 € is approved: %s, because: %s, after %i ms',
  (token, approved, reason, thinkMs) => {
    expect(askCardNetwork(token, 1990)).toEqual({ approved, reason, thinkMs });
  },
);

test('tok_limit pays 500.00 € and not a cent more', () => {
  expect(askCardNetwork('tok_limit', 50_000).approved).toBe(true);
  expect(askCardNetwork('tok_limit', 50_001)).toEqual({
    approved: false,
    reason: 'over the card limit',
    thinkMs: 0,
  });
});

test('the same card and amount get the same answer, whatever was asked in between', () => {
  fc.assert(
    fc.property(tokens, cents, tokens, cents, (token, amountCents, other, otherCents) => {
      const first = askCardNetwork(token, amountCents);
      askCardNetwork(other, otherCents);
      expect(askCardNetwork(token, amountCents)).toEqual(first);
    }),
  );
});

test('a refusal always has a reason and an approval never has one', () => {
  fc.assert(
    fc.property(tokens, cents, (token, amountCents) => {
      const { approved, reason } = askCardNetwork(token, amountCents);
      expect(reason === null).toBe(approved);
    }),
  );
});

test('only tok_limit looks at the amount', () => {
  const others = tokens.filter((token) => token !== 'tok_limit');
  fc.assert(
    fc.property(others, cents, cents, (token, amountCents, otherCents) => {
      expect(askCardNetwork(token, amountCents)).toEqual(askCardNetwork(token, otherCents));
    }),
  );
});

test.each(['toString', '__proto__', 'constructor', ''])(
  'a token named %j is an unknown card and not a property of every object',
  (token) => {
    expect(askCardNetwork(token, 100).reason).toBe('unknown card');
  },
);
