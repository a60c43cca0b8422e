import { type Claim, formatNumber, meanInterval } from '@hyperlaw/report';
import { lossStaircase, modeCourse, plateaus, timeToStrength } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { NotMeasured } from '../../law.ts';
import { coursesWith, type Measured, singularValues } from './courses.ts';

export const layerTitles: Readonly<Record<number, string>> = { 2: 'two layers', 3: 'three layers' };

export function courseClaims(courses: readonly Measured[]): Claim[] {
  return [
    ...[2, 3].map((layers) => strengthClaim(layers, coursesWith(courses, layers, 'aligned'))),
    ...(
      [
        [2, 'aligned'],
        [3, 'aligned'],
        [2, 'random'],
      ] as const
    ).map(([layers, kind]) => timeClaim(layers, kind, coursesWith(courses, layers, kind))),
    ...[2, 3].map((layers) => plateauClaim(layers, coursesWith(courses, layers, 'aligned'))),
  ];
}

/** Root mean square distance of the strengths from theory, over modes and points, of each net. */
function strengthClaim(layers: number, own: readonly Measured[]): Claim {
  const errors = own.flatMap(({ strengths, modes, times }) => {
    // All nets of an aligned start have the same modes.
    const exact = (modes[0] ?? []).map((mode) => modeCourse(mode, times));
    return strengths.map((net) => {
      const squares = net.flatMap((strength, k) =>
        strength.map(
          (a, i) =>
            ((a - (exact[k]?.[i]?.strength as number)) / (singularValues[k] as number)) ** 2,
        ),
      );
      return Math.sqrt(mean(squares));
    });
  });
  return agreement({
    name: `Distance of the strengths of modes from the exact solution, over singular values: ${layerTitles[layers]}, aligned start`,
    predicted: 0,
    measured: meanInterval(errors),
    // Descent lags flow by a relative ηs/2 in time or less, 0.1 % for the steepest mode of two layers, which moves by its whole
    // strength in a seventh of the time at which it does: 1 % there, for a tenth of the course, and nothing elsewhere.
    tolerance: 0.01,
    test: `root mean square over modes and times, t interval over ${errors.length} nets of ${own.length} starts`,
  });
}

/** When a mode has half its strength: the end of a plateau. */
function timeClaim(layers: number, kind: 'aligned' | 'random', own: readonly Measured[]): Claim {
  const ratios = own.flatMap(({ halves, modes }) =>
    halves.map((net, n) => {
      const each = net.map((half, k) => {
        const mode = modes[n]?.[k] as NonNullable<(typeof modes)[number][number]>;
        if (half === null) throw new NotMeasured(`${kind} start: a mode was never learned`);
        return half / timeToStrength(mode, mode.singularValue / 2);
      });
      return mean(each);
    }),
  );
  const formula = {
    2: '1, of $\\frac{1}{2s}\\ln(s/a_0 - 1)$',
    3: '1, of about $a_0^{-1/3}/s$',
  }[layers];
  return agreement({
    name: `Times at which modes are learned, over their prediction: ${layerTitles[layers]}, ${kind} start`,
    predicted: 1,
    ...(formula !== undefined && { formula }),
    measured: meanInterval(ratios),
    // Descent lags by ηs/2 < 0.2 %; from random starts modes still touch when their strengths are a₀^{1/2} ~ 3e-3.
    tolerance: kind === 'aligned' ? 0.01 : 0.02,
    test: `time to half strength, mean over modes, t interval over ${ratios.length} nets of ${own.length === 1 ? 'one start' : `${own.length} starts`}`,
  });
}

/** The loss halfway along each plateau from the smallest start, over that of the exact staircase. */
function plateauClaim(layers: number, own: readonly Measured[]): Claim {
  const { losses, times, modes } = own[own.length - 1] as Measured;
  const { initial = 0 } = modes[0]?.[0] ?? {};
  const staircase = { depth: layers, singularValues, initial };
  const middles = plateaus(staircase)
    .slice(0, -1)
    .map(({ start, end }) => times.findIndex((time) => time >= (start + end) / 2));
  const exact = lossStaircase(
    staircase,
    middles.map((i) => times[i] as number),
  );
  const ratios = losses.map((loss) =>
    mean(middles.map((i, k) => (loss[i] as number) / (exact[k] as number))),
  );
  return agreement({
    name: `Loss midway along plateaus, over the exact staircase: ${layerTitles[layers]}, aligned start of ${formatNumber(initial)}`,
    predicted: 1,
    measured: meanInterval(ratios),
    // Midway a mode is small and grows as e^{2st}: a lag of ηs/2 < 0.2 % in time is one of a few per cent in its share, which is
    // itself a few per cent of the loss.
    tolerance: 0.01,
    test: `mean over plateaus, t interval over ${ratios.length} nets`,
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
