import {fail} from '../../errors';
import {type Arrangement, arrangementOf} from './arrangement';
import {type Certificate, certify, costOf, programsOf, systemsOf} from './certificate';
import {decideByClosedForm} from './closed_form';
import {alive, type Decision, dead, type Method, unknown} from './decision';
import {exactSignAt} from './exact_neuron';
import {decideByPrograms, loadHighs} from './linear_program';
import {type Domain, type Neuron, neverRises, ROUNDING, sizeOf, slopeAlong, valueAt} from './neuron';
import {Work} from './work';

export interface ExactOptions {
  method: 'auto' | Method;
  tolerance: number;
  maxSystems: number;
  maxPrograms: number;
  maxMultiplyAdds: number;
}

const NEEDS_HIGHS = 'Install the package that solves linear programs: npm install highs.';

/** The methods for neurons after one hidden layer. What they say is proved in whole numbers, or not said. */
export class ExactMethods {
  readonly notes = new Set<string>();
  private readonly work: Work;
  private arrangement: Arrangement | null = null;

  constructor(
    private readonly neurons: readonly Neuron[],
    private readonly domain: Domain,
    private readonly options: ExactOptions,
  ) {
    this.work = new Work(options.maxMultiplyAdds);
  }

  /** The cheaper of the two that work for any neuron, first. */
  order(index: number): ('vertices' | 'lp')[] {
    const neuron = this.neurons[index];
    const [vertices, programs] = [costOf.vertices(neuron, this.domain), costOf.programs(neuron, this.domain)];
    return vertices <= programs ? ['vertices', 'lp'] : ['lp', 'vertices'];
  }

  closedForm(index: number): Decision | null {
    const neuron = this.neurons[index];
    const {rows, inputs} = neuron.units;
    if (this.domain !== 'all' || rows.length > inputs + 1) return null;
    this.arrangement ??= arrangementOf(neuron.units);
    const guess = decideByClosedForm(neuron, this.arrangement, this.options.tolerance);
    if (!guess) return null;
    const method = costOf.vertices(neuron, 'all') < costOf.programs(neuron, 'all') ? 'vertices' : 'programs';
    return this.isAffordable(costOf[method](neuron, 'all'))
      ? this.proved(neuron, certify(neuron, 'all', method), guess.witness)
      : this.uncertified(neuron, guess);
  }

  vertices(index: number): Decision | null {
    const neuron = this.neurons[index];
    const systems = this.neurons.length * systemsOf(neuron.units, this.domain);
    if (systems > this.options.maxSystems || !this.isAffordable(costOf.vertices(neuron, this.domain)))
      return unknown('budget');
    return this.proved(neuron, certify(neuron, this.domain, 'vertices'), null);
  }

  async lp(index: number): Promise<Decision | null> {
    const neuron = this.neurons[index];
    if (programsOf(neuron) > this.options.maxPrograms) return unknown('budget');
    if (this.isAffordable(costOf.programs(neuron, this.domain))) {
      return this.proved(neuron, certify(neuron, this.domain, 'programs'), null);
    }
    if (this.domain === 'all') return unknown('budget');
    const highs = await loadHighs();
    if (highs) return decideByPrograms(highs, neuron, this.domain, this.options.tolerance);
    if (this.options.method === 'lp')
      fail('stablyUnactivated', "method 'lp' needs HiGHS", 'no package highs', NEEDS_HIGHS);
    this.notes.add(`Some neurons need linear programs. ${NEEDS_HIGHS}`);
    return unknown('budget');
  }

  private isAffordable(cost: number): boolean {
    if (!(cost <= this.work.left)) return false;
    this.work.spend(cost);
    return true;
  }

  private proved(neuron: Neuron, found: Certificate | null, guess: Float64Array | null): Decision | null {
    if (!found) return null;
    const {supremum, sign, stable} = found;
    if (sign > 0) {
      const witness = [found.witness, guess].find((x) => x && exactSignAt(neuron, x) > 0);
      return witness ? alive(supremum, witness) : unknown('marginal', supremum);
    }
    const isBelow = sign < 0 && supremum < -this.options.tolerance * sizeOf(neuron);
    return isBelow && stable ? dead(supremum) : unknown('marginal', supremum);
  }

  /** What a formula in doubles says of a large layer, as far as it is certain all the same. */
  private uncertified(neuron: Neuron, guess: Decision): Decision {
    const {verdict, witness, supremum} = guess;
    const rounding = (x: {size: number}) => 2 * (ROUNDING + neuron.above.length * 2 ** -50) * x.size;
    const isAbove = (x: {value: number; size: number}) => x.value > rounding(x);
    if (verdict === 'alive' && witness && isAbove(valueAt(neuron, witness))) {
      return alive(isAbove(slopeAlong(neuron, witness, [])) ? Infinity : null, witness);
    }
    return verdict === 'dead' && neverRises(neuron) && neuron.constant < 0
      ? dead(supremum, neuron.constant)
      : unknown('budget');
  }
}
