import * as tf from '@tensorflow/tfjs';
import { flat, of } from '../case.ts';
import { between, exactly, flag, positive, real, whole } from '../inputs.ts';

const limits = exactly(-Infinity, -3e38, -1, -1e-30, 0, 1e-30, 1, 3e38, Infinity, Number.NaN);
const unit = between(-0.95, 0.95);
const mixed = [real(2, 3, 4), real(3, 1)] as const;
const numbers = [whole(-20, 20)(4, 5), whole(1, 7)(4, 5)] as const;
const repeated = [whole(0, 3)(5, 4), whole(0, 3)(5, 4)] as const;
/** Transcendental functions are approximated by each library to its own last bits. */
const approximate = { precision: 'approximate' } as const;

export const arithmetic = [
  of('add', tf.add, [real(3, 4), real(3, 4)]),
  of('add, broadcast both ways', tf.add, [real(3, 1, 4), real(2, 1)]),
  of('add a number', (x) => tf.add(x, 3), [real(5)]),
  of('add int32', tf.add, numbers),
  of('addN', (a, b, c) => tf.addN([a, b, c]), [real(3), real(3), real(3)]),
  of('sub', tf.sub, mixed),
  of('mul', tf.mul, mixed),
  of('mul int32', tf.mul, numbers),
  of('scaled twice', (x) => tf.mul(tf.mul(x, 3), 0.25), [real(4)]),
  of('div', tf.div, [real(2, 3), positive(3)]),
  of('div by a number', (x) => tf.div(x, 3), [real(5)]),
  of('div by a power of two', (x) => tf.div(x, 8), [real(5)]),
  of('div int32', tf.div, [whole(-20, 20)(4, 5), whole(-7, -1)(5)]),
  of('div int32 by zero', tf.div, [whole(-5, 5)(9), whole(0, 2)(9)]),
  of('divNoNan', tf.divNoNan, [real(2, 3), positive(3)], flat),
  of('floorDiv', tf.floorDiv, [real(3, 4), positive(4)], flat),
  of('mod', tf.mod, [between(-9, 9)(4, 5), positive(5)]),
  of('mod of negatives', tf.mod, [between(-9, 9)(4, 5), between(-3, -0.5)(5)]),
  of('mod int32', tf.mod, [whole(-20, 20)(4, 5), whole(2, 7)(5)]),
  of('pow', tf.pow, [positive(3, 4), real(4)], approximate),
  of('pow 1', (x) => tf.pow(x, 1), [real(4)]),
  of('pow 2', (x) => tf.pow(x, 2), [real(4)]),
  of('pow 3', (x) => tf.pow(x, 3), [real(4)]),
  of('pow ½', (x) => tf.pow(x, 0.5), [positive(4)]),
  of('pow int32', (x) => tf.pow(x, tf.scalar(2, 'int32')), [whole(-4, 4)(6)]),
  of('atan2', tf.atan2, [real(4, 8), real(8)], approximate),
  of('atan2 on the axes', tf.atan2, [exactly(0, 1, -1, 0, 0), exactly(1, 0, 0, -1, 0)], {
    ...approximate,
    by: [],
  }),
  of('maximum', tf.maximum, [real(3, 4), real(3, 4)]),
  of('minimum', tf.minimum, [real(3, 4), real(3, 4)]),
  // tfjs leaves the sums over broadcast axes out of these gradients.
  of('maximum, broadcast', tf.maximum, mixed, flat),
  of('minimum, broadcast', tf.minimum, mixed, flat),
  of('squaredDifference, broadcast', tf.squaredDifference, mixed, flat),
  of('maximum with a number', (x) => tf.maximum(x, 0.3), [real(6)]),
  of('maximum int32', tf.maximum, numbers),
  of('squaredDifference', tf.squaredDifference, [real(3, 4), real(3, 4)]),
  of('constants fold', (x) => tf.add(x, tf.mul(tf.sub(tf.scalar(2), 5), 7)), [real(3)]),
];

export const comparison = [
  of('greater', tf.greater, repeated),
  of('greaterEqual', tf.greaterEqual, repeated),
  of('less', tf.less, repeated),
  of('lessEqual', tf.lessEqual, repeated),
  of('equal', tf.equal, repeated),
  of('notEqual', tf.notEqual, repeated),
  of('greater of floats, broadcast', tf.greater, [real(3, 4), real(4)], flat),
  of('equal of booleans', tf.equal, [flag(9), flag(9)]),
  of('greater of booleans', tf.greater, [flag(9), flag(9)]),
  of('logicalAnd', tf.logicalAnd, [flag(3, 4), flag(4)]),
  of('logicalOr', tf.logicalOr, [flag(3, 4), flag(4)]),
  of('logicalXor', tf.logicalXor, [flag(3, 4), flag(3, 4)]),
  of('logicalNot', tf.logicalNot, [flag(7)]),
  of('isNaN', tf.isNaN, [limits], flat),
  of('isInf', tf.isInf, [limits], flat),
  of('isFinite', tf.isFinite, [limits], flat),
  of('where', tf.where, [flag(3, 4), real(3, 4), real(3, 4)]),
  of('where, broadcast', tf.where, [flag(3, 1), real(3, 4), real(4)]),
  of('where int32', tf.where, [flag(6), whole(0, 9)(6), whole(0, 9)(6)]),
  of(
    'where keeps NaN out',
    (x) => tf.where(tf.greater(x, 0), tf.sqrt(x), tf.zerosLike(x)),
    [real(9)],
    flat,
  ),
  of('cast to int32', (x) => tf.cast(x, 'int32'), [between(-9, 9)(12)], flat),
  of('cast to bool', (x) => tf.cast(x, 'bool'), [exactly(0, 1, -0.5, 3)], flat),
  of('cast of booleans', (x) => tf.cast(x, 'float32'), [flag(7)]),
  of('cast of int32', (x) => tf.cast(x, 'float32'), [whole(-9, 9)(7)]),
];

export const unary = [
  of('neg', tf.neg, [real(5)]),
  of('abs', tf.abs, [real(5)]),
  of('abs int32', tf.abs, [whole(-9, 9)(5)]),
  // NaN aside: of it tfjs makes zero, and here it stays NaN, as a diverged run should.
  of('sign', tf.sign, [exactly(-Infinity, -1, -1e-30, 0, 1e-30, 1, Infinity)], flat),
  of('sign, gradient', tf.sign, [real(5)]),
  of('sign int32', tf.sign, [whole(-2, 3)(9)]),
  of('square', tf.square, [real(5)]),
  of('sqrt', tf.sqrt, [positive(5)]),
  of('rsqrt', tf.rsqrt, [positive(5)], approximate),
  of('reciprocal', tf.reciprocal, [positive(5)]),
  of('exp', tf.exp, [real(9)], approximate),
  of('expm1', tf.expm1, [real(9)], approximate),
  of('log', tf.log, [positive(9)], approximate),
  of('log1p', tf.log1p, [positive(9)], approximate),
  of('floor', tf.floor, [between(-5, 5)(9)]),
  of('ceil', tf.ceil, [between(-5, 5)(9)]),
  of('round', tf.round, [exactly(-2.5, -1.5, -0.4, 0.5, 1.5, 2.5, 2.6)]),
  of('sin', tf.sin, [between(-5, 5)(9)], approximate),
  of('cos', tf.cos, [between(-5, 5)(9)], approximate),
  of('tan', tf.tan, [unit(9)], approximate),
  of('asin', tf.asin, [unit(9)], approximate),
  of('acos', tf.acos, [unit(9)], approximate),
  of('atan', tf.atan, [real(9)], approximate),
  of('sinh', tf.sinh, [real(9)], approximate),
  of('cosh', tf.cosh, [real(9)], approximate),
  of('tanh', tf.tanh, [real(9)], approximate),
  of('asinh', tf.asinh, [real(9)], approximate),
  of('acosh', tf.acosh, [between(1.2, 5)(9)], approximate),
  of('atanh', tf.atanh, [unit(9)], { precision: 'approximate' }),
  of('erf', tf.erf, [real(9)], approximate),
  of('clipByValue', (x) => tf.clipByValue(x, -0.5, 0.7), [real(12)]),
  of('clipByValue int32', (x) => tf.clipByValue(x, -2, 3), [whole(-9, 9)(12)]),
  of('zerosLike and onesLike', (x) => [tf.zerosLike(x), tf.onesLike(x)], [real(3)], flat),
];

export const activation = [
  of('relu', tf.relu, [real(9)]),
  of('relu6', tf.relu6, [between(-3, 9)(12)]),
  of('elu', tf.elu, [real(9)], approximate),
  of('selu', tf.selu, [real(9)], approximate),
  of('leakyRelu', (x) => tf.leakyRelu(x, 0.1), [real(9)]),
  of('prelu', tf.prelu, [real(3, 4), real(4)]),
  of('sigmoid', tf.sigmoid, [between(-30, 30)(12)], approximate),
  of('logSigmoid', tf.logSigmoid, [between(-30, 30)(12)], approximate),
  of('softplus', tf.softplus, [between(-30, 30)(12)], approximate),
  of('step', (x) => tf.step(x), [exactly(-2, -1e-30, 0, 1e-30, 2)]),
  of('step with a slope', (x) => tf.step(x, 0.2), [exactly(-2, -1e-30, 0, 1e-30, 2)]),
  of(
    'gelu',
    (x) => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))),
    [real(9)],
    approximate,
  ),
  of('swish', (x) => tf.mul(x, tf.sigmoid(x)), [real(9)], approximate),
];

/** NaN, infinities and the last digits, which WebGPU's shading language does not promise. */
export const limit = [
  of('exp at its limits', tf.exp, [exactly(-Infinity, -200, 0, 200, Infinity, Number.NaN)], flat),
  of('expm1 near zero', (x) => tf.mul(tf.expm1(x), 1e6), [exactly(-1e-6, 1e-7, 3e-6)], approximate),
  of(
    'expm1 at its limits',
    tf.expm1,
    [exactly(-Infinity, -200, 0, 200, Infinity, Number.NaN)],
    flat,
  ),
  of('log1p near zero', (x) => tf.mul(tf.log1p(x), 1e6), [exactly(-1e-6, 1e-7, 3e-6)], approximate),
  of('log1p at its limits', tf.log1p, [exactly(-2, -1, 0, 1e35, Infinity, Number.NaN)], {
    ...approximate,
    by: [],
  }),
  of('clipByValue at its limits', (x) => tf.clipByValue(x, -0.5, 0.7), [limits], flat),
];
