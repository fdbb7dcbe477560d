import {fail} from '../../errors';
import type {Domain} from './neuron';

/** All of the input space, or the box between two corners; a number stands for all inputs. */
export type DomainArgs = 'all' | {low: number | readonly number[]; high: number | readonly number[]};

/** The domain in numbers for each input. */
export function domainOf(domain: DomainArgs, inputs: number, who: string): Domain {
  if (domain === 'all') return 'all';
  const example = 'For example {domain: {low: 0, high: 1}}.';
  if (typeof domain !== 'object' || domain === null) fail(who, "domain must be 'all' or {low, high}", domain, example);
  const corner = (name: 'low' | 'high') => {
    const given = domain[name];
    const numbers = typeof given === 'number' ? new Array<number>(inputs).fill(given) : Array.from(given ?? []);
    if (numbers.length !== inputs || !numbers.every((number) => Number.isFinite(number))) {
      const expected = `domain.${name} must be a finite number, or ${inputs} of them, one for each input`;
      fail(who, expected, Array.isArray(given) ? `[${given}]` : given, example);
    }
    return Float64Array.from(numbers);
  };
  const [low, high] = [corner('low'), corner('high')];
  const wrong = low.findIndex((from, i) => !(from < high[i]));
  if (wrong >= 0) {
    fail(who, 'domain.low must be below domain.high', `${low[wrong]} and ${high[wrong]} for input ${wrong}`, example);
  }
  return {low, high};
}
