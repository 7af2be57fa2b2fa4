// statistics/usl.ts: the Universal Scalability Law (Gunther 1993) fitted to throughput by size.
// Called by experiments that add replicas, connections or cores.
import { leastSquares } from './equations.ts';
import { explainedShare } from './line.ts';
import { valueAt } from './quantile.ts';

export interface UslPoint {
  /** Replicas, connections or cores; at least 1. */
  readonly n: number;
  /** More than 0, in any unit. */
  readonly throughput: number;
}

/** X(n) = λn / (1 + σ(n − 1) + κn(n − 1)) */
export interface Usl {
  /** Throughput of one, in the unit of the points. */
  readonly lambda: number;
  /** Contention, ≥ 0: the share that only one can do at a time. */
  readonly sigma: number;
  /** Crosstalk, ≥ 0: what each pair costs; above 0, throughput falls again in the end. */
  readonly kappa: number;
  /** Share of the variation of throughput that the curve accounts for; 1 says nothing of three points. */
  readonly r2: number;
}

const sizes = {
  contention: (n: number) => n - 1,
  crosstalk: (n: number) => n * (n - 1),
} as const;

/** The terms that may differ from 0. */
type Model = readonly (keyof typeof sizes)[];

// The full model comes first, so that it wins a tie.
const models: readonly Model[] = [['contention', 'crosstalk'], ['contention'], ['crosstalk'], []];

/**
 * Least squares of the law made linear: n/X = (1 + σ(n − 1) + κn(n − 1)) / λ. Residuals count in
 * proportion to n/X, since throughput is off by some percent and not by some requests.
 * σ and κ are never below 0: of the models with one or both held at 0, the best that fits is taken.
 * Something that gains *more* than linearly therefore comes out as σ = κ = 0.
 * @throws RangeError unless there are three different n, each with a throughput above 0
 */
export function fitUsl(points: readonly UslPoint[]): Usl {
  checkPoints(points);
  const possible = models
    .map((model) => fitModel(points, model))
    .filter(({ perOne, contention, crosstalk }) => perOne > 0 && contention >= 0 && crosstalk >= 0);
  const best = possible.reduce((one, other) => (other.misfit < one.misfit ? other : one));
  const usl = {
    lambda: 1 / best.perOne,
    sigma: best.contention / best.perOne,
    kappa: best.crosstalk / best.perOne,
  };
  const measured = points.map(({ throughput }) => throughput);
  const residuals = points.map(({ n, throughput }) => throughput - uslThroughput(usl, n));
  return { ...usl, r2: explainedShare(measured, residuals) };
}

/** Throughput that the law expects of `n`, in the unit of λ. */
export function uslThroughput(usl: Pick<Usl, 'lambda' | 'sigma' | 'kappa'>, n: number): number {
  return (usl.lambda * n) / (1 + usl.sigma * (n - 1) + usl.kappa * n * (n - 1));
}

/** n/X = perOne + contention · (n − 1) + crosstalk · n(n − 1) */
interface Fit {
  readonly perOne: number;
  readonly contention: number;
  readonly crosstalk: number;
  /** Sum of the squared relative residuals. */
  readonly misfit: number;
}

function fitModel(points: readonly UslPoint[], model: Model): Fit {
  // Divided by n/X, each point reads 1 = perOne · X/n + … : the relative residual is what is left.
  const rows = points.map(({ n, throughput }) =>
    [1, ...model.map((term) => sizes[term](n))].map((size) => (size * throughput) / n),
  );
  const { solution, misfit } = leastSquares(
    rows,
    points.map(() => 1),
  );
  const factorOf = (term: Model[number]) => {
    const place = model.indexOf(term);
    return place < 0 ? 0 : valueAt(solution, place + 1);
  };
  return {
    perOne: valueAt(solution, 0),
    contention: factorOf('contention'),
    crosstalk: factorOf('crosstalk'),
    misfit,
  };
}

function checkPoints(points: readonly UslPoint[]): void {
  const sound = points.every(
    ({ n, throughput }) => n >= 1 && throughput > 0 && Number.isFinite(n + throughput),
  );
  if (sound && new Set(points.map(({ n }) => n)).size >= 3) return;
  throw new RangeError(
    'The law needs three different n of 1 or more, and a throughput above 0 each.',
  );
}
