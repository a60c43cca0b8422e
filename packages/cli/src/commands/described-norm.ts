import type { LayerNormShape, NormMap, NormShape } from '@hyperlaw/core';
import type { Arguments } from '../arguments.ts';
import { integer, number, oneOf } from '../usage-error.ts';
import { refuse } from './refuse-option.ts';

type Options = Arguments['options'];

const normKinds = ['none', 'layer', 'rms', 'batch', 'dynamic-tanh'] as const;

/** The norms of residual branches that options name. Throws bad usage. */
export function describedNorm(options: Options, has: (knob: string) => boolean): NormShape {
  const map = mapOf(options, has, 'placement');
  if (map === null) return { kind: 'none' };
  const placement = oneOf('placement', options.placement ?? 'pre', ['pre', 'post', 'both']);
  return { ...map, placement };
}

/** The norms of a net without branches that options name, nothing where there are none. Throws bad usage. */
export function describedLayerNorm(
  options: Options,
  has: (knob: string) => boolean,
): { readonly norm?: LayerNormShape } {
  const map = mapOf(options, has, 'position');
  if (map === null) return {};
  const position = oneOf('position', options.position ?? 'before', ['before', 'after']);
  return { norm: { ...map, position } };
}

function mapOf(
  options: Options,
  has: (knob: string) => boolean,
  place: 'placement' | 'position',
): NormMap | null {
  const kind = oneOf('norm', options.norm ?? 'none', normKinds);
  if (kind === 'none') {
    refuse(options, [place, 'gains', 'strength', 'every'], 'norm none');
    return null;
  }
  const { strength, every } = options;
  return {
    kind,
    gains: options.gains === 'true' || has('gainScale'),
    ...(strength !== undefined && { strength: number('--strength', strength) }),
    ...(every !== undefined && { every: integer('every', every, 1) }),
  };
}
