/**
 * The exponent of N_opt ∝ C^share that one pass over fresh data gives on a language of difficulty exponent a.
 *
 * Of random features in the spectrum λ_i ∝ i^−(1 + a), k features leave ∝ k^−a. SGD has learnt mode i after ∝ 1/λ_i
 * samples, so that n samples leave ∝ n^−a/(1 + a). Where C = n·k is fixed and both are equal, k ∝ C^1/(2 + a); it is
 * phase Ia of 2405.15074, and the law of facts that are learnt one by one (2303.13506). Tokens a parameter then grow as
 * C^a/(2 + a): they are proportional only in the limit of the hardest languages, a → 0.
 */
export const onePassShare = (difficulty: number): number => 1 / (2 + difficulty);

/**
 * The same of features that are fitted to the end: n samples determine n modes whatever the spectrum. The eigenframework
 * (2311.14646) is symmetric in n and k, at every ridge, for noiseless targets whose modes weigh as the eigenvalues do, as
 * here; n = k is then best at every difficulty. Other targets break the symmetry.
 */
export const fittedShare = 1 / 2;
