import {inOrder, onSelection, placesIn} from '../piecewise_linear/affine';
import type {Node} from '../piecewise_linear/read_model';
import {type Affine, type Cropped, outputsOf, type Step} from '../piecewise_linear/steps';
import type {TargetLayer} from './target_layer';

/** A unit of a layer, with those beside it that come for nothing, as a function of the only inputs that it depends on. */
export interface Crop {
  readonly layer: TargetLayer;
  /** Inputs of the network that are those of the crop, in order. */
  readonly inputs: Int32Array;
  /** Units of the layer that are those of the crop, in order. */
  readonly units: Int32Array;
}

export function cropTo(unit: number, layer: TargetLayer, inputs: number): Crop {
  const widths = new Map([[0, inputs]]);
  for (const {step, writes} of layer.before) widths.set(writes, outputsOf(step));
  const {needs, parts} = followBack(unit, layer, widths);
  const have = new Map([[0, inOrder(needs.get(0)!)]]);
  const before: Node[] = [];
  for (const node of layer.before) {
    const wanted = needs.get(node.writes);
    if (!wanted) continue;
    const {step, outputs} = cropped(node, parts.get(node) ?? null, wanted, joinedPlaces(node.reads, have, widths));
    have.set(node.writes, outputs);
    before.push({...node, step});
  }
  const units = have.get(layer.reads)!;
  const functions = Array.from(units, (own) => layer.activation.functions[own]);
  return {
    layer: {...layer, before, activation: {...layer.activation, functions}},
    inputs: have.get(0)!,
    units,
  };
}

/** For each value the units of it that a unit depends on. */
function followBack(unit: number, {before, reads}: TargetLayer, widths: ReadonlyMap<number, number>) {
  const needs = new Map([[reads, new Set([unit])]]);
  const parts = new Map<Node, Cropped>();
  for (const node of [...before].reverse()) {
    const wanted = needs.get(node.writes);
    if (!wanted) continue;
    const part = node.step.kind === 'affine' ? node.step.crop?.([...wanted]) : undefined;
    if (part) parts.set(node, part);
    const places = part?.inputs ?? inputsOf(node.step, wanted);
    let start = 0;
    for (const read of node.reads) {
      const own = needs.get(read) ?? new Set();
      needs.set(read, own);
      const end = start + widths.get(read)!;
      for (const place of places) if (place >= start && place < end) own.add(place - start);
      if (own.size === 0) own.add(0); // of a window beside the image: a value without units is none
      start = end;
    }
  }
  if (!needs.has(0)) needs.set(0, new Set([0]));
  return {needs, parts};
}

function inputsOf(step: Step, outputs: ReadonlySet<number>): Iterable<number> {
  if (step.kind === 'elementwise') return outputs;
  if (step.kind === 'max') return [...outputs].flatMap((output) => [...step.windows[output]]);
  if (!step.pointwise) return new Int32Array(step.inputs).keys();
  return partsOf(step, [...outputs]);
}

/** The inputs of some outputs of a map that is made unit by unit. */
function partsOf({inputs, outputs: width}: Affine, outputs: readonly number[]): number[] {
  const parts = Array.from({length: inputs / width}, (_, part) => part * width);
  return parts.flatMap((start) => outputs.map((output) => start + output));
}

function joinedPlaces(
  reads: readonly number[],
  have: ReadonlyMap<number, Int32Array>,
  widths: ReadonlyMap<number, number>,
): Int32Array {
  let start = 0;
  const all: number[] = [];
  for (const read of reads) {
    for (const unit of have.get(read)!) all.push(start + unit);
    start += widths.get(read)!;
  }
  return Int32Array.from(all);
}

/** A step as a map of the places that there are to those that are wanted, and more where that costs little. */
function cropped(
  {step}: Node,
  part: Cropped | null,
  wanted: ReadonlySet<number>,
  places: Int32Array,
): {step: Step; outputs: Int32Array} {
  if (step.kind === 'elementwise') {
    const functions = Array.from(places, (place) => step.functions[place]);
    return {step: {...step, functions, multiplyAdds: functions.length}, outputs: places};
  }
  const at = placesIn(places);
  if (step.kind === 'max') {
    const outputs = inOrder(wanted);
    const windows = Array.from(outputs, (output) => step.windows[output].map((input) => at.get(input)!));
    const multiplyAdds = windows.reduce((sum, {length}) => sum + length, 0);
    return {step: {...step, inputs: places.length, windows, multiplyAdds}, outputs};
  }
  if (step.pointwise) {
    const outputs = places.filter((place) => place < step.outputs && partsOf(step, [place]).every((i) => at.has(i)));
    const inputs = Int32Array.from(partsOf(step, [...outputs]));
    return {step: reading({step: step.pointwise(outputs), inputs, outputs}, places, at), outputs};
  }
  return part ? {step: reading(part, places, at), outputs: part.outputs} : {step, outputs: allPlaces(step)};
}

function reading({step, inputs}: Cropped, places: Int32Array, at: ReadonlyMap<number, number>): Affine {
  if (inputs.length === places.length && inputs.every((input, i) => input === places[i])) return step;
  return onSelection(
    inputs.map((input) => at.get(input)!),
    places.length,
    step,
  );
}

const allPlaces = ({outputs}: Affine) => Int32Array.from(new Int32Array(outputs).keys());
