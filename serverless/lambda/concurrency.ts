// lambda/concurrency.ts: how many invocations may run at once, for the account and for a function.
// Called by invoke.ts around every invocation, and by the control plane.
import { invalidParameter, TooManyRequests } from './errors.ts';

export interface Concurrency {
  /**
   * Takes a place for one invocation.
   * @returns what gives the place back; call it once
   * @throws TooManyRequestsException (429) with the limit that was reached
   */
  take(functionName: string): () => void;
  /** Sets the places that a function has for itself, at the same time its limit; 0 stops it. */
  reserve(functionName: string, places: number): void;
  unreserve(functionName: string): void;
  reservedOf(functionName: string): number | undefined;
  /** How many of its environments are kept ready, all versions together. */
  provision(functionName: string, places: number): void;
  forget(functionName: string): void;
}

interface Share {
  running: number;
  reserved: number | undefined;
  provisioned: number;
}

/**
 * As in "Understanding Lambda function scaling": a reservation is taken off the account's limit and is
 * the function's own; so is provisioned concurrency of a function without one. All else share the rest.
 * @param accountLimit at least 1
 */
export function createConcurrency(accountLimit: number): Concurrency {
  const shares = new Map<string, Share>();

  function shareOf(functionName: string): Share {
    const known = shares.get(functionName);
    if (known !== undefined) return known;
    const share: Share = { running: 0, reserved: undefined, provisioned: 0 };
    shares.set(functionName, share);
    return share;
  }
  const sum = (of: (share: Share) => number) =>
    [...shares.values()].reduce((total, share) => total + of(share), 0);
  const claimedBy = ({ reserved, provisioned }: Share) => reserved ?? provisioned;
  /** Reserved or provisioned places of its own do not count against the common rest. */
  const sharedBy = (share: Share) =>
    share.reserved === undefined ? Math.max(0, share.running - share.provisioned) : 0;

  function checkedClaim(share: Share, change: Partial<Share>): void {
    const others = sum(claimedBy) - claimedBy(share);
    if (others + claimedBy({ ...share, ...change }) > accountLimit)
      throw invalidParameter(
        `The account's concurrency is ${accountLimit}, of which ${others} is reserved or provisioned.`,
      );
    Object.assign(share, change);
  }

  return {
    take(functionName) {
      const share = shareOf(functionName);
      if (share.reserved !== undefined && share.running >= share.reserved)
        throw new TooManyRequests('ReservedFunctionConcurrentInvocationLimitExceeded');
      const isOwnPlace = share.reserved !== undefined || share.running < share.provisioned;
      if (!isOwnPlace && sum(sharedBy) >= accountLimit - sum(claimedBy))
        throw new TooManyRequests('ConcurrentInvocationLimitExceeded');
      share.running += 1;
      return () => {
        share.running -= 1;
      };
    },
    reserve(functionName, reserved) {
      if (!Number.isInteger(reserved) || reserved < 0)
        throw invalidParameter('ReservedConcurrentExecutions is a whole number from 0.');
      checkedClaim(shareOf(functionName), { reserved });
    },
    unreserve: (functionName) => checkedClaim(shareOf(functionName), { reserved: undefined }),
    reservedOf: (functionName) => shares.get(functionName)?.reserved,
    provision: (functionName, provisioned) => checkedClaim(shareOf(functionName), { provisioned }),
    forget: (functionName) => {
      shares.delete(functionName);
    },
  };
}
