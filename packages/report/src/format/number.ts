/** Superscript digits of Unicode. */
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `base` to an integer power, in Unicode: 2⁻³. */
export function powerLabel(base: number, exponent: number): string {
  const digits = Array.from(String(Math.abs(exponent)), (d) => SUPERSCRIPTS[Number(d)]).join('');
  return `${base}${exponent < 0 ? '⁻' : ''}${digits}`;
}

function withMinus(text: string): string {
  return text.replace('-', '−');
}

/** A number to so many significant digits, trailing zeros dropped; powers of ten outside 10⁻⁴ … 10⁵. */
export function formatNumber(value: number, digits = 3): string {
  if (value === 0) return '0';
  const [mantissa = '', exponent] = value.toExponential(digits - 1).split('e');
  const size = Number(exponent);
  if (size >= -4 && size <= 4) return withMinus(String(Number(value.toPrecision(digits))));
  const power = powerLabel(10, size);
  const plain = String(Number(mantissa));
  return plain === '1' ? power : withMinus(`${plain}·${power}`);
}

/** A whole number with commas between thousands. */
export function formatCount(value: number): string {
  if (Math.abs(value) >= 1e7) return formatNumber(value);
  return withMinus(String(Math.round(value))).replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * An estimate and its interval, all to the decimals that a third of the interval's half-width needs: `−0.42 [−0.46, −0.38]`.
 * Where it would need more than `most`, what rounds to 0 is bounded instead: `> −0.001 [−0.002, 0.001]`.
 */
export function formatInterval(
  estimate: number,
  interval: readonly [number, number] | null,
  { most }: { readonly most?: number } = {},
): string {
  if (interval === null) return formatNumber(estimate);
  const [low, high] = interval;
  const half = (high - low) / 2;
  const largest = Math.max(Math.abs(estimate), Math.abs(low), Math.abs(high));
  if (!(half > 0) || largest >= 1e5 || (most === undefined && largest < 1e-4)) {
    return `${formatNumber(estimate)} [${formatNumber(low)}, ${formatNumber(high)}]`;
  }
  const needed = Math.max(0, -Math.floor(Math.log10(half / 3)));
  const decimals = Math.min(needed, most ?? 8);
  // As its decimals say: toFixed takes 0.975 for the 0.97499… that it is in binary.
  const { format } = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: false,
    signDisplay: 'negative',
  });
  const least = 10 ** -decimals;
  const fixed = (value: number): string => {
    if (needed <= decimals || value === 0 || Math.abs(value) >= least / 2) {
      return withMinus(format(value));
    }
    return value < 0 ? `> ${withMinus(format(-least))}` : `< ${format(least)}`;
  };
  return `${fixed(estimate)} [${fixed(low)}, ${fixed(high)}]`;
}

/** A change of a log2 loss in per cent of the loss: `+5.0 %`, `−0.70 %`, `+155 %`. */
export function formatChange(log2: number): string {
  const percent = 100 * (2 ** log2 - 1);
  const size = Math.abs(percent);
  const digits =
    size >= 99.5 ? formatCount(size) : size < 0.01 ? size.toFixed(2) : size.toPrecision(2);
  return `${percent < 0 ? '−' : '+'}${digits} %`;
}

/** A p value: three decimals, `< 0.001` below. */
export function formatPValue(p: number): string {
  if (p < 0.001) return '< 0.001';
  return p >= 0.0995 ? p.toFixed(2) : p.toFixed(3);
}

/** A duration: `187 s`, `12 min`, `3.4 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 300) return `${formatNumber(seconds, 3)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${formatNumber(seconds / 3600, 3)} h`;
}
