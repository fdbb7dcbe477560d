import type {CurveFit} from '../worker/messages';

/** A ratio of errors within which nobody leads. */
const LEVEL = 1.25;

/** Who is nearer to the curve, by how much, and for how many weights: a sentence. */
export function verdictOf(dense: CurveFit, ours: CurveFit): string {
  const ratio = dense.meanSquaredError / ours.meanSquaredError;
  const weights = `${dense.parameters} weights against ${ours.parameters}`;
  if (!(ratio > 0) || !Number.isFinite(ratio)) return '';
  if (ratio > LEVEL) return `Dense has ${times(ratio)} the error of ours, with ${weights}. Give it more units.`;
  if (ratio < 1 / LEVEL) return `Dense is ahead: ours has ${times(1 / ratio)} its error, with ${weights}.`;
  return `Dense has caught up, with ${weights}.`;
}

const times = (ratio: number) =>
  `${ratio < 10 ? ratio.toFixed(1) : Math.round(Number(ratio.toPrecision(2))).toLocaleString('en')} times`;
