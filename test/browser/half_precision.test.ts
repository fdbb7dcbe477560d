import * as definitions from '../kernels/definitions';
import {type Row, TABLE} from '../kernels/table';
import {useBrowser} from '../support/browser';
import {HALF_PRECISION} from './backends';
import {check, type Place, type Script, startOn} from './check_row';

const openPage = useBrowser<Script>(`${__dirname}/conformance.page.ts`);
let place: Place;

/** Their 11 bits lose infinities, in tf.mul as well. */
const hasInfinity = ({inputs}: Row) =>
  Object.values(inputs).some(({values}) => values.some((v) => Math.abs(v) === Infinity));

/** Whole numbers beyond 2048 have no place in 16 bits. */
const hasLongIndices = ({inputs: {x, indices}, attrs}: Row) =>
  indices !== undefined && x.shape[(attrs as {axis: number}).axis] > 2048;

/** Each pass of a transform rounds to 11 bits; other kernels have a few. */
const passesOf = ({inputs}: Row) => Math.max(8, ...Object.values(inputs).flatMap(({shape}) => shape.map(Math.log2)));

describe(HALF_PRECISION.title, () => {
  beforeAll(async () => {
    place = await startOn(await openPage(), HALF_PRECISION);
  });

  describe.each(TABLE)('%s', (_, rows) => {
    // Every other one: the shaders are those of the other runs, and a GPU of software takes long to compile them.
    const some = rows.filter((row, i) => i % 2 === 0 && !hasInfinity(row));
    it.each(some.filter((row) => !hasLongIndices(row)))('$title', (row) =>
      check(place, {...ofHalves(row), relative: 2 ** -12 * passesOf(row)}),
    );
  });

  it.each(Object.values(TABLE).flatMap(([, rows]) => rows.filter(hasLongIndices)))(
    'refuses indices beyond 2048: $title',
    async (row) => {
      await expect(check(place, row)).rejects.toThrow(
        /units of an axis of \d+ need a backend that computes in float32/,
      );
    },
  );
});

/** Near a kink, 11 bits do not tell on which side of it a value lies: waves are compared from rounded inputs on. */
function ofHalves(row: Row): Row {
  if (!row.kernel.name.startsWith('TriangleWave')) return row;
  const inputs = Object.fromEntries(
    Object.entries(row.inputs).map(([name, {shape, values}]) => [name, {shape, values: values.map(toHalf)}]),
  );
  const {x, peaks, scales, dy} = inputs;
  const [channels] = peaks.shape;
  const outputs = dy
    ? definitions.triangleWaveGradient(x.values, peaks.values, scales.values, dy.values, channels)
    : [definitions.triangleWave(x.values, peaks.values, scales.values, channels)];
  return {...row, inputs, outputs: row.outputs.map(({shape}, i) => ({shape, values: outputs[i]}))};
}

function toHalf(value: number): number {
  if (value === 0) return value;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10);
  return Math.round(value / unit) * unit;
}
