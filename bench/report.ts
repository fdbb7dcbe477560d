import {quartiles, ratio, shapeText, surcharge, textTable, time} from './format';
import {DIGITS} from './optimizers';
import type {Additions, BackendResults, Fusion, KernelRow, OptimizerSteps, Results, TrainingStep} from './results';
import {BATCH, BLOCKS, WIDTH} from './training';

/** How to read the tables, in lines of less than 100 characters. */
export const LEGEND = [
  'time: median of one call through the engine, with its quartiles; ~ is a single run.',
  "/copy, /add: how many times as long as Float32Array.set of x's floats, and as tf.add(x, 1).",
  'loop, dense, portable: how many times as long as ours the textbook loop in JavaScript, tf.matMul',
  'by H, and the same kernel by ops of tfjs take. * marks a kernel that is itself portable here.',
];

export const HEADER = ['kernel', 'x', 'time', 'quartiles', '/copy', '/add', 'loop', 'dense', 'portable'];

export function kernelCells({kernel, native, shape, time: ours, rivals}: KernelRow): string[] {
  return [
    `${kernel}${native ? '' : '*'}`,
    shapeText(shape),
    time(ours),
    quartiles(ours),
    ratio(ours, rivals.copy),
    ratio(ours, rivals.add),
    ratio(rivals.loop, ours),
    ratio(rivals.dense, ours),
    ratio(rivals.portable, ours),
  ];
}

export function title({backend, path, note}: BackendResults): string {
  return `${backend}: ${path}${note ? ` (${note})` : ''}`;
}

/** The table in the terminal: each kernel is named once. */
export function kernelLines(rows: KernelRow[]): string[] {
  const cells = rows.map(kernelCells);
  return textTable(
    HEADER,
    cells.map(([kernel, ...rest], i) => [kernel === cells[i - 1]?.[0] ? '' : kernel, ...rest]),
  );
}

/** What the table of kernels does not say, in lines of less than 100 characters. */
export function remarks({kernels, fusions, overhead, additions, training, optimizers}: BackendResults): string[] {
  return [
    ...fusions.map(fusionText),
    ...gradientText(kernels),
    `a call on [1, 8]: kernel ${time(overhead.kernel)}, op with its checks ${time(overhead.op)}; ` +
      `the Identity of tfjs ${time(overhead.identity)}`,
    ...(additions ? additionsText(additions) : []),
    ...(training ? trainingText(training) : []),
    ...(optimizers ? optimizersText(optimizers) : []),
  ];
}

function fusionText({what, native, alone, fused, apart}: Fusion): string {
  const inside = native ? `inside the transform ${surcharge(fused, alone)}` : 'not inside the transform here';
  return `${what} at [64, 1024]: ${inside}, as an op of its own ${surcharge(apart, alone)}`;
}

/** The floor is two reads, a write and a transform backward, where forward there are a read, a write and one: about 1.5. */
function gradientText(rows: KernelRow[]): string[] {
  return ['WHTReLUPairForward', 'WHTReLUPairBackward', 'WHTReLUPairGradient'].flatMap((name) => {
    const shares = rows.flatMap(({kernel, shape, time}) => {
      const plain = rows.find((row) => row.kernel === 'WHTReLUPair' && shapeText(row.shape) === shapeText(shape));
      return kernel === name && plain ? `${shapeText(shape)} ${ratio(time, plain.time)}` : [];
    });
    return shares.length > 0 ? [`${name} takes, in units of WHTReLUPair:`, `  ${shares.join(', ')}`] : [];
  });
}

function additionsText(additions: Additions[]): string[] {
  const shares = additions.map(({shape, rate, peak}) => `${shapeText(shape)} ${Math.round((100 * rate) / peak)} %`);
  const most = Math.max(...additions.map(({peak}) => peak));
  return [
    `of ${(most / 1e9).toFixed(0)} billion additions a second, all that 128-bit SIMD can do here, the kernel does`,
    `  ${shares.join(', ')}`,
  ];
}

function trainingText({ours, dense, parameters}: TrainingStep): string[] {
  const count = (n: number) => `${n.toLocaleString('en-US')} parameters`;
  return [
    `a training step, batch ${BATCH}, ${BLOCKS} blocks of ${WIDTH} units: ${time(ours)} (${count(parameters.ours)});`,
    `  dense ReLU layers: ${time(dense)} (${count(parameters.dense)}), ${ratio(dense, ours)} times as long`,
  ];
}

function optimizersText({many, digits}: OptimizerSteps): string[] {
  const share = (name: 'adamW' | 'adam') => {
    const {[name]: step, gradients} = digits;
    return `${Math.round((100 * step.median) / (step.median + gradients.median))} %`;
  };
  return [
    `a step of AdamW on 2^20 weights: ${time(many.adamW)}; the Adam of tfjs: ${time(many.adam)}, ${ratio(many.adam, many.adamW)} times as long`,
    `on ${DIGITS.blocks} blocks of ${DIGITS.width} units, batch ${DIGITS.batch}: ${time(digits.adamW)}, ${share('adamW')} of a training step;`,
    `  the Adam of tfjs: ${time(digits.adam)}, ${share('adam')}`,
  ];
}

export function provenanceText({machine, versions, commit, date}: Omit<Results, 'backends' | 'missing'>): string[] {
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [`${machine.cpu}, ${machine.cores} cores, ${machine.system}; ${date}, commit ${commit}`, list.join(', ')];
}
