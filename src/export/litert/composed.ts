import {fail} from '../../errors';
import type {Operation, Translation, Value} from '../lower/operations';
import type {Collector} from './collector';
import type {Operator} from './schema';

/** Abramowitz and Stegun 7.1.26, to 1.5e-7: what TensorFlow.js computes, too. */
const ERF = {p: 0.3275911, a: [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429]};

const SELU = {alpha: 1.6732632423543772, scale: 1.0507009873554805};

/** Times this, all numbers but those next to zero are beyond 1. */
const LARGE = 1e30;

/** Axes that TensorFlow Lite compares and selects along: with more of them it would end the program that runs it. */
const COMPARED = 4;
const SELECTED = 5;

/** Functions that LiteRT makes of others. */
export function composed(
  graph: Collector,
): Pick<Translation<void>, 'erf' | 'identity' | 'less' | 'select' | 'selu' | 'softplus'> {
  const number = (value: number) => graph.number(value);
  type Unary = Operation<'erf' | 'identity' | 'selu' | 'softplus'>;
  /** The number of the input, and what adds an operation of its shape. */
  const open = ({inputs: [x]}: Unary) => ({
    x: graph.of(x),
    step: (operator: Operator, ...inputs: number[]) => graph.add(operator, inputs, x.shape),
  });
  return {
    identity: (operation) => graph.write(operation.output, 'MUL', [open(operation).x, number(1)]),
    // exp(x) - 1 where x is negative.
    selu: (operation) => {
      const {x, step} = open(operation);
      const positive = step('MUL', step('RELU', x), number(SELU.scale));
      const negative = step('MUL', step('ELU', step('MINIMUM', x, number(0))), number(SELU.scale * SELU.alpha));
      graph.write(operation.output, 'ADD', [positive, negative]);
    },
    // No power of a positive number, so no overflow.
    softplus: (operation) => {
      const {x, step} = open(operation);
      const power = step('EXP', step('NEG', step('ABS', x)));
      graph.write(operation.output, 'ADD', [step('RELU', x), step('LOG', step('ADD', power, number(1)))]);
    },
    // A number is compared with each of a list as well as with each of a tensor.
    less: (operation) => {
      const {inputs, output} = operation;
      const {shape} = output;
      if (shape.length <= COMPARED)
        return graph.write(
          output,
          'LESS',
          inputs.map((value) => graph.of(value)),
        );
      const isNumber = (value: Value) => value.shape.length === 0;
      if (!inputs.some(isNumber)) refuseAxes(output, COMPARED, 'values are compared');
      const flat = inputs.map((value) =>
        isNumber(value) ? graph.of(value) : graph.add('RESHAPE', [graph.of(value), graph.integers([-1])], [null]),
      );
      const list = graph.add('LESS', flat, [null], [], 'bool');
      graph.write(output, 'RESHAPE', [list, graph.integers(shape.map((size) => size ?? -1))]);
    },
    select: ({inputs, output}) => {
      if (output.shape.length > SELECTED)
        refuseAxes(output, SELECTED, 'slopes differ beside zero, as those of a ReLU pair');
      graph.write(
        output,
        'SELECT_V2',
        inputs.map((value) => graph.of(value)),
      );
    },
    erf: (operation) => {
      const {x, step} = open(operation);
      const size = step('ABS', x);
      const t = step('DIV', number(1), step('ADD', step('MUL', size, number(ERF.p)), number(1)));
      const polynomial = ERF.a.reduceRight(
        (sum: number | null, a) => step('MUL', sum === null ? number(a) : step('ADD', sum, number(a)), t),
        null,
      )!;
      const power = step('EXP', step('NEG', step('MUL', size, size)));
      const y = step('SUB', number(1), step('MUL', polynomial, power));
      const sign = step('MINIMUM', step('MAXIMUM', step('MUL', x, number(LARGE)), number(-1)), number(1));
      graph.write(operation.output, 'MUL', [y, sign]);
    },
  };
}

function refuseAxes({name, shape}: Value, most: number, where: string): never {
  const fix = 'Put a tf.layers.reshape before it.';
  fail(`toLiteRT, value ${name}`, `there must be at most ${most} axes where ${where}`, shape.length, fix);
}
