import {outputsOf, type Step} from '../piecewise_linear/steps';
import {type Crop, cropTo} from './crop';
import type {Domain} from './neuron';
import type {TargetLayer} from './target_layer';
import type {Work} from './work';

/** Crops that are the same function on the same domain, such as those of one filter away from borders. */
export interface CropClass {
  readonly first: Crop;
  readonly domain: Domain;
  readonly all: Crop[];
  /** Units, by their places in the crop, that are open in one of the crops. */
  readonly open: Set<number>;
}

/** To crop a step to one unit takes about as long as this many multiplications. */
const PER_UNIT = 100;

/** Crops for units, by classes; none where crops are nearly as large as the network. */
export function cropClasses(
  layer: TargetLayer,
  inputs: number,
  domain: Domain,
  open: readonly number[],
  work: Work,
): CropClass[] {
  if (open.length === 0) return [];
  const middle = cropTo(open[open.length >> 1], layer, inputs);
  const [size, whole] = [sizeOf(middle.layer), sizeOf(layer)];
  if (middle.units.length === 0 || size > whole / 3) return [];
  const missing = new Set(open);
  const buckets = new Map<string, CropClass[]>();
  for (const unit of open) {
    if (!missing.has(unit)) continue;
    if (work.left <= 0) break;
    const crop = cropTo(unit, layer, inputs);
    work.spend(PER_UNIT * (crop.inputs.length + widthsOf(crop.layer)));
    const own = classOf(crop, domain, buckets);
    for (const [k, each] of crop.units.entries()) if (missing.delete(each)) own.open.add(k);
  }
  return [...buckets.values()].flat();
}

const sizeOf = ({before}: TargetLayer) => before.reduce((sum, {step}) => sum + step.multiplyAdds, 0);

const widthsOf = ({before}: TargetLayer) => before.reduce((sum, {step}) => sum + outputsOf(step), 0);

function classOf(crop: Crop, domain: Domain, buckets: Map<string, CropClass[]>): CropClass {
  const own = domainOf(crop, domain);
  const key = `${crop.inputs.length} ${crop.layer.before.map(({step}) => listsOf(step).map(({length}) => length))}`;
  const bucket = buckets.get(key) ?? [];
  buckets.set(key, bucket);
  let found = bucket.find((each) => isSameDomain(each.domain, own) && isSame(each.first.layer, crop.layer));
  if (!found) {
    found = {first: crop, domain: own, all: [], open: new Set()};
    bucket.push(found);
  }
  found.all.push(crop);
  return found;
}

function domainOf({inputs}: Crop, domain: Domain): Domain {
  if (domain === 'all') return domain;
  const of = (corner: Float64Array) => Float64Array.from(inputs, (input) => corner[input]);
  return {low: of(domain.low), high: of(domain.high)};
}

const isSameDomain = (a: Domain, b: Domain) =>
  a === 'all' || b === 'all' ? a === b : isSameList(a.low, b.low) && isSameList(a.high, b.high);

/** Crops of one layer have the same nodes if they have as many. */
const isSame = (a: TargetLayer, b: TargetLayer) =>
  a.before.length === b.before.length &&
  a.before.every(({writes, step}, i) => writes === b.before[i].writes && isSameStep(step, b.before[i].step)) &&
  isSameList(a.activation.functions, b.activation.functions);

function isSameStep(a: Step, b: Step): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind || outputsOf(a) !== outputsOf(b)) return false;
  if (a.kind === 'affine' && b.kind === 'affine' && !(a.madeOf && b.madeOf && a.inputs === b.inputs)) return false;
  const [lists, others] = [listsOf(a), listsOf(b)];
  return lists.length === others.length && lists.every((list, i) => isSameList(list, others[i]));
}

/** What tells steps apart that are parts of one step. */
function listsOf(step: Step): readonly ArrayLike<unknown>[] {
  if (step.kind === 'elementwise') return [step.functions];
  return step.kind === 'max' ? step.windows : (step.madeOf ?? []);
}

function isSameList(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
