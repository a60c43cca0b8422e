import { describe, expect, it } from 'vitest';
import { gaussianMixtureTask, mixtureMeans } from './gaussian-mixture.ts';
import { hierarchyProductions, hierarchyTask } from './hierarchy.ts';
import { linearTarget, noisyLinearTask } from './noisy-linear.ts';
import { type ParityLaw, paritySupport, parityTask } from './parity.ts';
import { powerLaw } from './power-law.ts';
import { teacherTask } from './teacher.ts';
import { dot, draw, mean } from './testing/monte-carlo.ts';

describe('best loss by Monte Carlo, of the best predictor', () => {
  it('noisy-linear: w · x leaves noise²', () => {
    const law = { kind: 'noisy-linear', inputDim: 12, noise: 0.7, instance: 4 } as const;
    const task = noisyLinearTask(law, 'a');
    const n = 40_000;
    const { x, y } = draw(task, n);
    const w = linearTarget(law);
    const loss = mean(n, (e) => ((y[e] as number) - dot(w, x, e * 12)) ** 2);
    // Standard error √(2/n) = 0.7 %.
    expect(loss / (task.bestLoss ?? 0)).toBeCloseTo(1, 1);
    expect(Math.abs(loss / 0.49 - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  });

  it('teacher: the same instance without noise leaves noise²', () => {
    const law = {
      kind: 'teacher',
      inputDim: 6,
      outputDim: 1,
      width: 8,
      depth: 2,
      activation: 'sine',
      noise: 0.4,
      instance: 9,
    } as const;
    const n = 20_000;
    const noisy = draw(teacherTask(law, 'a'), n);
    const clean = draw(teacherTask({ ...law, noise: 0 }, 'a'), n);
    expect(clean.x).toEqual(noisy.x);
    const loss = mean(n, (e) => ((noisy.y[e] as number) - (clean.y[e] as number)) ** 2);
    expect(Math.abs(loss / 0.16 - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  });

  it('parity: the true parity is wrong as often as labels are turned over', () => {
    const flip = 0.15;
    const law: ParityLaw = {
      kind: 'parity',
      inputDim: 10,
      sparsity: 3,
      output: 'regression',
      flip,
      instance: 1,
    };
    const n = 40_000;
    const task = parityTask(law, 'a');
    const { x, y } = draw(task, n);
    const support = paritySupport(law);
    const chi = (e: number): number =>
      support.reduce((product, i) => product * (x[e * 10 + i] as number), 1);
    const loss = mean(n, (e) => ((y[e] as number) - (1 - 2 * flip) * chi(e)) ** 2);
    // (y − (1 − 2p)χ)² is 4p² or 4(1 − p)²: deviation 4(1 − 2p)√(p(1 − p)).
    const deviation = 4 * (1 - 2 * flip) * Math.sqrt(flip * (1 - flip));
    expect(Math.abs(loss - 4 * flip * (1 - flip))).toBeLessThan((5 * deviation) / Math.sqrt(n));
    expect(task.bestLoss).toBeCloseTo(4 * flip * (1 - flip), 12);

    const classes = parityTask({ ...law, output: 'classes' }, 'a');
    const labels = draw(classes, n).y;
    const nats = mean(n, (e) =>
      labels[e] === (1 - chi(e)) / 2 ? -Math.log(1 - flip) : -Math.log(flip),
    );
    const spread = Math.log((1 - flip) / flip) * Math.sqrt(flip * (1 - flip));
    expect(Math.abs(nats - (classes.bestLoss ?? 0))).toBeLessThan((5 * spread) / Math.sqrt(n));
    expect(parityTask({ ...law, flip: 0, output: 'classes' }, 'a').bestLoss).toBe(0);
  });

  it.each([
    [2, 1, 0],
    [3, 2, 0],
    [5, 3, 1],
  ])(
    'gaussian-mixture of %i classes, separation %f: the posterior attains it',
    (classes, separation, capacity) => {
      const law = {
        kind: 'gaussian-mixture',
        inputDim: 6,
        classes,
        separation,
        capacity,
        instance: 2,
      } as const;
      const n = 40_000;
      const task = gaussianMixtureTask(law, 'a');
      const { x, y } = draw(task, n);
      const means = mixtureMeans(law);
      const spread = powerLaw(6, capacity, 6).map(Math.sqrt);
      const losses = new Float64Array(n);
      for (let e = 0; e < n; e++) {
        const scores = Array.from({ length: classes }, (_, c) => {
          let score = 0;
          for (let i = 0; i < 6; i++) {
            const z = (x[e * 6 + i] as number) / (spread[i] as number);
            score -= 0.5 * (z - (means[c * 6 + i] as number)) ** 2;
          }
          return score;
        });
        const top = Math.max(...scores);
        const total = scores.reduce((sum, score) => sum + Math.exp(score - top), 0);
        losses[e] = top + Math.log(total) - (scores[y[e] as number] as number);
      }
      const loss = mean(n, (e) => losses[e] as number);
      const variance = mean(n, (e) => ((losses[e] as number) - loss) ** 2);
      expect(Math.abs(loss - (task.bestLoss ?? 0))).toBeLessThan(5 * Math.sqrt(variance / n));
    },
  );

  it('hierarchy: undoing the productions finds the class of every string', () => {
    const law = {
      kind: 'hierarchy',
      symbols: 5,
      synonyms: 3,
      branching: 2,
      levels: 3,
      classes: 4,
      code: 'one-hot',
      instance: 6,
    } as const;
    const n = 2000;
    const { x, y } = draw(hierarchyTask(law, 'a'), n);
    const productions = hierarchyProductions(law);
    for (let e = 0; e < n; e++) {
      let string = Array.from({ length: 8 }, (_, leaf) => {
        const hot = x.subarray((e * 8 + leaf) * 5, (e * 8 + leaf + 1) * 5);
        return hot.indexOf(Math.max(...hot));
      });
      for (const table of [...productions].reverse()) {
        string = Array.from({ length: string.length / 2 }, (_, node) => {
          const rows = Array.from({ length: table.length / 2 }, (_, row) => row).filter(
            (row) =>
              table[2 * row] === string[2 * node] && table[2 * row + 1] === string[2 * node + 1],
          );
          expect(rows.length).toBe(1);
          return Math.floor((rows[0] as number) / 3);
        });
      }
      expect(string).toEqual([y[e]]);
    }
  });
});
