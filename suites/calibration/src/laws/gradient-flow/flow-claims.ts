import { logSlope } from '@hyperlaw/core';
import { type Claim, meanInterval } from '@hyperlaw/report';
import { descentLead, type LeastSquares, mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { type Divisor, exactCurves, type Flow, MARGIN, tenfold } from './flow.ts';

/** First orders are told from second ones where ηλ is small: from a fiftieth of the largest rate, 3 %. */
const halvings: readonly (readonly [Divisor, Divisor])[] = [
  [50, 100],
  [100, 200],
  [500, 1000],
];

export function flowClaims(flows: readonly Flow[]): Claim[] {
  return flows.flatMap((flow) =>
    flow.quadratics.length > 0
      ? [leadClaim(flow), orderClaim(flow), detectionClaim(flow)]
      : [orderClaim(flow), limitClaim(flow)],
  );
}

function orderClaim(flow: Flow): Claim {
  return agreement({
    name: `Exponent in η of the distance between the curves of η and η/2: ${flow.net.title}`,
    predicted: 1,
    measured: () => meanInterval(halvingSlopes(flow)),
    // The next order is ηλ < 3 % at the largest rate that enters, over a tenfold range.
    tolerance: 0.05,
    test: `t interval of slopes over ${flow.seeds} initializations`,
  });
}

function limitClaim({ net, seeds, curves }: Flow): Claim {
  return agreement({
    name: `Change of ln loss when η falls tenfold, from a fiftieth of the largest rate: ${net.title}`,
    predicted: 0,
    measured: () => {
      const { distance: estimate, interval } = tenfold(curves, [50, 500]);
      return { estimate, interval, level: 0.95 };
    },
    tolerance: MARGIN,
    unit: 'nats',
    test: `limit check, root mean square over τ, ${seeds} paired initializations`,
  });
}

/** How far descent leads flow, in units of what the first order says. */
function leadClaim(flow: Flow): Claim {
  const divisor = 50;
  const learningRate = flow.net.largest / divisor;
  const exact = exactCurves(flow);
  const ratioOf = (curve: readonly number[], s: number) => {
    const leads = flow.times.map(
      (time) => learningRate * descentLead(flow.quadratics[s] as LeastSquares, time),
    );
    const sum = (f: (lead: number, i: number) => number) =>
      leads.reduce((total, lead, i) => total + f(lead, i), 0);
    const lag = (i: number) => (curve[i] as number) - (exact[s]?.[i] as number);
    return sum((lead, i) => lead * lag(i)) / sum((lead) => lead * lead);
  };
  return agreement({
    name: `Lead of descent over flow, over its first order: ${flow.net.title}`,
    predicted: 1,
    measured: () => meanInterval(flow.curves(divisor).map(ratioOf)),
    // The next order is of relative size ηλ, 3 % at this rate.
    tolerance: 0.05,
    test: `t interval over ${flow.seeds} initializations`,
  });
}

/** At the largest rate the check must see what exact descent says. */
function detectionClaim(flow: Flow): Claim {
  const exact = [exactCurves(flow, 1), exactCurves(flow, 10)] as const;
  const ratioOf = (curve: readonly number[], s: number) => {
    const measured = distance(curve, flow.curves(10)[s] as readonly number[]);
    return measured / distance(exact[0][s] as number[], exact[1][s] as number[]);
  };
  return agreement({
    name: `Change of ln loss when η falls tenfold, from the largest rate, over that of exact descent: ${flow.net.title}`,
    predicted: 1,
    measured: () => meanInterval(flow.curves(1).map(ratioOf)),
    // Exact but for float32, whose round-off the factor 1 − ηλ between −1 and 1 does not amplify.
    tolerance: 0.01,
    test: `t interval over ${flow.seeds} initializations`,
  });
}

/** Distances between the curves of η and η/2 by rate, and their slope in η, of each seed. */
function halvingSlopes(flow: Flow): number[] {
  const rates = halvings.map(([divisor]) => flow.net.largest / divisor);
  return Array.from({ length: flow.seeds }, (_, s) => {
    const distances = halvings.map(([full, half]) =>
      distance(flow.curves(full)[s] as number[], flow.curves(half)[s] as number[]),
    );
    return logSlope(rates, distances).slope;
  });
}

/** Root mean square over a curve of the difference of ln loss. */
function distance(one: readonly number[], other: readonly number[]): number {
  const squares = one.slice(1).map((loss, i) => Math.log((other[i + 1] as number) / loss) ** 2);
  return Math.sqrt(mean(squares));
}
