import type { HarmScale, Profile } from '@hyperlaw/cli';
import { defineProtocol } from '@hyperlaw/sweep';

/** Replications have the seeds of the replicates after this one, one a draw; pilots and a first search had other seeds and draws. */
const REPLICATE = 200;

export const scales: Readonly<Record<Profile, HarmScale>> = {
  smoke: {
    sizes: { small: 8, large: 32, ladder: [8, 32] },
    steps: 40,
    plan: {
      search: { sample: 3, rounds: 1, batch: 1, optimism: 2 },
      scouting: defineProtocol({ searchTrials: 6, confirm: 1, sliceRadius: 1, judgeSeeds: 2 }),
      replication: defineProtocol({
        ...{ searchTrials: 6, confirm: 1, sliceRadius: 1, judgeSeeds: 2 },
        replicate: REPLICATE,
      }),
      ...{ finalists: 2, draws: 2, ladderDraws: 2, stretch: { factor: 2, draws: 2 } },
    },
  },
  standard: {
    sizes: { small: 8, large: 128, ladder: [8, 16, 32, 64, 128] },
    steps: 600,
    plan: {
      search: { sample: 40, rounds: 6, batch: 10, optimism: 2 },
      scouting: defineProtocol({
        ...{ searchTrials: 20, confirm: 2, sliceRadius: 1, judgeSeeds: 3 },
        replicate: REPLICATE,
      }),
      replication: defineProtocol({
        ...{ searchTrials: 44, confirm: 4, tuningSeeds: 3, enclose: 6, sliceRadius: 2 },
        ...{ judgeSeeds: 4, replicate: REPLICATE },
      }),
      ...{ finalists: 5, draws: 8, ladderDraws: 6, stretch: { factor: 4, draws: 6 } },
    },
  },
  full: {
    sizes: { small: 8, large: 512, ladder: [8, 16, 32, 64, 128, 256, 512] },
    steps: 5000,
    plan: {
      search: { sample: 200, rounds: 10, batch: 20, optimism: 2 },
      scouting: defineProtocol({
        ...{ searchTrials: 28, sliceRadius: 2, judgeSeeds: 4 },
        replicate: REPLICATE,
      }),
      replication: defineProtocol({
        ...{ searchTrials: 48, confirm: 4, tuningSeeds: 4, enclose: 6, judgeSeeds: 6 },
        replicate: REPLICATE,
      }),
      ...{ finalists: 8, draws: 16, ladderDraws: 12, stretch: { factor: 4, draws: 12 } },
    },
  },
};
