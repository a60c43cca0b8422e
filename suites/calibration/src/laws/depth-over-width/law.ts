import type { Evidence } from '@hyperlaw/cli';
import type { Finding, Law } from '../../law.ts';
import { findingOfParts, part } from '../../not-measured.ts';
import { normFigure } from './norm-figure.ts';
import { normalClaims } from './normal-claims.ts';
import { normCells, normClaims, planNorms } from './norms.ts';
import { planSpectra, spectraOf } from './spectra.ts';
import { spectrumClaims } from './spectrum-claims.ts';
import { fluctuationFigure, spectrumFigure, spreadFigure } from './spectrum-figures.ts';

function find(evidence: Evidence): Finding {
  const parts = [
    part('Norms in random nets', () => {
      const cells = normCells(evidence);
      return {
        claims: [...normClaims(cells), ...normalClaims(cells)],
        figures: [normFigure(cells)],
      };
    }),
    part('Spectra of products of random matrices', () => {
      const spectra = spectraOf(evidence);
      const figures = [spectrumFigure, spreadFigure, fluctuationFigure];
      return {
        claims: spectrumClaims(spectra),
        figures: figures.map((figure) => figure(spectra)),
      };
    }),
  ];
  return findingOfParts(parts, [
    'Norms: each net starts from its own input and weights, and $\\|h_L\\|^2/\\|h_0\\|^2$ of its activations is measured, which in these nets has the law of $\\|Ju\\|^2$ for a unit vector $u$, since weights are Gaussian and which units are active does not depend on their squares. The first claims compare with the exact moments at every width. The normal law with $\\beta$ alone, the dashed line, has a relative error of order $1/n$ in the variance, and is claimed of the widest nets, with its skewness. A skewness is expected: by its first cumulants a ReLU layer gives $\\ln\\|Ju\\|^2$ one of $-1.24\\sqrt{5/nL}$, a mean of $-0.11$ over these depths at $n = 64$, which leaves its claim little room.',
    'Products: the singular values of $A_L \\cdots A_1$, with Gaussian $n \\times n$ matrices of entry variance $1/n$. Two theories describe them. With $L \\gg n$ each $\\tfrac1L \\ln\\sigma_i$ tends to a Lyapunov exponent, $\\lambda_i = \\tfrac12[\\ln\\tfrac2n + \\psi(\\tfrac{n-i+1}2)]$, and $\\ln\\sigma_i$ fluctuates with a variance of order $L/n$. With $n \\gg L$ the spectrum is that of free probability, the Fuss–Catalan law, and does not fluctuate but by its distance between neighbours. What decides between them is $L/n$. At finite depth $\\ln\\sigma_i$ stands off $L\\lambda_i$ by an amount of order one, known where $L \\gg n$ from the angles between random frames. It entered the prediction of the slopes after a first reading against 1, with the same tolerance of $2/L$, had left them undecided.',
    'The diagonal of the triangular factors has the exponents as its exact mean at every depth, and a known variance: that claim is a test of the random matrices and of the linear algebra. Spectra are computed in float64 on the host, by QR and one-sided Jacobi rotations: of the small singular values of a deep product float32 keeps nothing.',
  ]);
}

export const depthOverWidth: Law = {
  id: 'depth-over-width',
  title: 'Depth over width',
  law: 'At initialization $\\ln\\|Ju\\|^2$ of a ReLU or linear net is close to $\\mathcal N(-\\beta/2, \\beta)$, with $\\beta = 5\\sum 1/n_l$ or $2\\sum 1/n_l$: fluctuations grow as depth over width ([1812.05994](https://arxiv.org/abs/1812.05994)); and the singular spectrum of a product of $L$ random $n \\times n$ matrices is deterministic for $n \\gg L$ and fluctuates around $L$ times the Lyapunov exponents for $L \\gg n$.',
  plan: (profile) => [...planNorms(profile), ...planSpectra(profile)],
  find,
};
