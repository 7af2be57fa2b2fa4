// domain/card-network.ts: a simulated card network. No money moves and no network is asked.
// The payments feature of every shape calls it, so that a card means the same in each.

/** What the simulated network says. `reason` is null when it approves. */
export interface CardAnswer {
  approved: boolean;
  reason: string | null;
  /** How long a real network would have taken; the caller waits, this module never does. */
  thinkMs: number;
}

interface Card {
  readonly reason: string | null;
  readonly thinkMs: number;
  /** The card pays up to this much at once, inclusive. */
  readonly limitCents?: number;
}

/**
 * Every card the simulated network knows; a `reason` here declines whatever the amount.
 * Ordinary cards take 0 ms: a made-up delay would drown the differences between the shapes, so
 * slowness is something an experiment asks for, with tok_slow or with an injected fault.
 */
export const cards: Readonly<Record<string, Card>> = {
  tok_visa: { reason: null, thinkMs: 0 },
  tok_mastercard: { reason: null, thinkMs: 0 },
  tok_declined: { reason: 'declined by the bank', thinkMs: 0 },
  tok_no_funds: { reason: 'insufficient funds', thinkMs: 0 },
  tok_expired: { reason: 'card expired', thinkMs: 0 },
  tok_lost: { reason: 'card reported lost', thinkMs: 0 },
  tok_slow: { reason: null, thinkMs: 1500 },
  tok_slow_declined: { reason: 'declined by the bank', thinkMs: 1500 },
  tok_limit: { reason: null, thinkMs: 0, limitCents: 50_000 },
};

/**
 * The same answer for the same card and amount, always. An unknown card is declined, not an error.
 * @param amountCents whole euro cents
 */
export function askCardNetwork(cardToken: string, amountCents: number): CardAnswer {
  // hasOwn, so that a token named like a method of every object is still unknown.
  const card = Object.hasOwn(cards, cardToken) ? cards[cardToken] : undefined;
  if (!card) return { approved: false, reason: 'unknown card', thinkMs: 0 };
  const overLimit = amountCents > (card.limitCents ?? Number.POSITIVE_INFINITY);
  const reason = overLimit ? 'over the card limit' : card.reason;
  return { approved: reason === null, reason, thinkMs: card.thinkMs };
}
