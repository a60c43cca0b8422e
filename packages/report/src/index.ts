export type { Axis, Chart, ChartSize, Row, VegaLiteSpec } from './charts/chart.ts';
export { type Forest, forestChart } from './charts/forest.ts';
export { type Law, lawChart } from './charts/law.ts';
export { mapChart, type PlaneMap } from './charts/map.ts';
export { type Shares, sharesChart } from './charts/shares.ts';
export type { TheoryLine } from './charts/theory.ts';
export { type TrainingCurves, trainingCurvesChart } from './charts/training-curves.ts';
export { type Trend, trendChart } from './charts/trend.ts';
export { type TuningCurves, tuningCurvesChart } from './charts/tuning-curves.ts';
export {
  type Harm,
  type HarmDuel,
  HEADROOM,
  harmOfDuel,
  meritOfDuel,
} from './counterexample/duel.ts';
export {
  decideHarm,
  HARM_MARGIN,
  type HarmDecision,
  type HarmEvidence,
  type HarmFinalist,
  type ReplicatedHarm,
} from './counterexample/harm-decision.ts';
export { readVerdict, validateVerdict, writeVerdict } from './files/verdict-file.ts';
export { writeError } from './files/write-atomic.ts';
export { formatChange, formatInterval, formatNumber, powerLabel } from './format/number.ts';
export type { Figure, Page, RichText, Section } from './page/page.ts';
export { writeAssets } from './page/write-assets.ts';
export { writeIndex } from './page/write-index.ts';
export { renderPage, writePage } from './page/write-page.ts';
export { type ReportServer, serveReports } from './serve/serve.ts';
export { bestRate, pointLoss, RATE_INTERVAL, RATE_RESAMPLING, sweepOf } from './sizes/best-rate.ts';
export { DRIFT_MARGIN, driftClaim } from './sizes/drift-claim.ts';
export { LEVEL, MARGIN } from './sizes/levels.ts';
export { sampleFigure } from './sizes/sample-figure.ts';
export { sizeClaims } from './sizes/size-claims.ts';
export { decideSize, type SizeDecision } from './sizes/size-decision.ts';
export { isNegligible, type SizeEffect, type Slope, sizeEffect } from './sizes/size-effect.ts';
export type { SizeSample, Wins } from './sizes/size-sample.ts';
export { type SizeWords, slopeUnit } from './sizes/size-words.ts';
export {
  countedLoss,
  hasLearnt,
  judgedLoss,
  log2Losses,
  type SizedArm,
  type SizedLosses,
} from './sizes/sized-losses.ts';
export {
  type BootstrapOptions,
  bootstrapInterval,
  bootstrapStratified,
} from './statistics/bootstrap.ts';
export { type Drift, driftEstimate, optimumDrift } from './statistics/drift.ts';
export type { Estimate } from './statistics/estimate.ts';
export { holm } from './statistics/holm.ts';
export { meanInterval } from './statistics/mean.ts';
export { meanTest } from './statistics/mean-test.ts';
export { medianInterval } from './statistics/median.ts';
export { type Optimum, type SweepPoint, sweepOptimum } from './statistics/optimum.ts';
export { pairedDifference, type Tested } from './statistics/paired.ts';
export {
  type PowerLaw,
  type PowerLawFit,
  powerLawAt,
  powerLawFit,
} from './statistics/power-law.ts';
export {
  meanError,
  type Region,
  type RegionTest,
  regionTest,
  type StandardError,
} from './statistics/region.ts';
export { shareInterval, shareTest } from './statistics/share.ts';
export { type PageTrend, pageTrend, slopeTrend } from './statistics/trend.ts';
export { type ArmScatter, armContrast, armScatter, slopeWeights } from './statistics/tuned-arms.ts';
export {
  type Answer,
  type Arm,
  answersOf,
  type Bounds,
  type Claim,
  type Verdict,
  type VerdictWord,
} from './verdict.ts';
