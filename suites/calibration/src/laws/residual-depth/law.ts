import type { Evidence } from '@hyperlaw/cli';
import type { Finding, Law } from '../../law.ts';
import { findingOfParts, part } from '../../not-measured.ts';
import { growthClaims, growthFigure, growthsOf, planGrowth } from './growth.ts';
import { bytes, planTransfer, readTransfers, transferClaims, transferFigure } from './transfer.ts';
import { planUpdates, teacher, updateClaims, updateFigure, updatesOf } from './updates.ts';

function find(evidence: Evidence): Finding {
  const transfers = readTransfers(evidence);
  const parts = [
    {
      claims: [...transferClaims(transfers.found), ...transfers.missing],
      figures: transfers.found.length > 0 ? [transferFigure(transfers.found)] : [],
    },
    part('Size of the residual stream', () => {
      const growths = growthsOf(evidence);
      return { claims: growthClaims(growths), figures: [growthFigure(growths)] };
    }),
    part('Powers of depth in the first step', () => {
      const updates = updatesOf(evidence);
      return { claims: updateClaims(updates), figures: [updateFigure(updates)] };
    }),
  ];
  return findingOfParts(parts, [
    'Residual nets of two-layer ReLU blocks, $h \\leftarrow h + L^{-\\alpha} W_2\\,\\varphi(W_1 h)$, with core’s depth rules. With $L^{-1/2}$ rates are $\\eta$ for SGD and $\\eta L^{-1/2}$ for Adam, with $L^{-1}$ they are $\\eta L$ and $\\eta$ (CompleteP). A bare $L^{-1}$ that leaves SGD’s rates as they were makes the change of the stream fall with depth.',
    'Rates are tuned with norms before each branch and before the readout, as practised. There the size of the stream does not matter: without a multiplier blocks are what they are with $L^{-1/2}$, and the best rate of Adam should fall as $L^{-1/2}$ where none is given to it. Our derivation.',
    'Stream sizes and first steps are of nets without norms, all lanes of one program. A step is so small that changes are proportional to the rate; the input layer is held, since its own change does not depend on depth and would hide that of the blocks.',
  ]);
}

export const residualDepth: Law = {
  id: 'residual-depth',
  title: 'Residual depth',
  law: 'Branch multipliers $L^{-1/2}$ or $L^{-1}$ keep the residual stream of order one at every depth, and with the rates that belong to them its updates, so that the best learning rate transfers over depth; only $L^{-1}$ keeps every block learning features of its own ([2309.16620](https://arxiv.org/abs/2309.16620), [2310.02244](https://arxiv.org/abs/2310.02244), [2505.01618](https://arxiv.org/abs/2505.01618)).',
  headlines: 6,
  tasks: () => [teacher, bytes],
  plan: (profile, tasks) => [
    ...planGrowth(profile),
    ...planUpdates(profile),
    ...planTransfer(profile, tasks),
  ],
  find,
};
