/** How claims about a size speak of it. */
export interface SizeWords {
  /** `width`, `depth`. */
  readonly size: string;
  /** `wider`, `deeper`. */
  readonly more: string;
  /** Of where claims are made, after "is better": ` at equal width`; default nothing. */
  readonly where?: string;
}

/** What slopes over a size are in. */
export function slopeUnit({ size }: SizeWords): string {
  return `$\\log_2$ loss per doubling of ${size}`;
}

/** With a capital first letter, as a sentence begins. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
