// The package has types, but its `exports` do not name them: this says what is used here.
declare module 'cephes' {
  export const compiled: Promise<void>;
  export function psi(x: number): number;
  export function zeta(x: number, q: number): number;
  export function erf(x: number): number;
  export function incbi(a: number, b: number, y: number): number;
}
