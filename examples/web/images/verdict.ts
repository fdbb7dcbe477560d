import type {Candidate} from '../worker/messages';
import {latest} from './pareto';

/** One standard deviation of an accuracy near 95 % on 360 images. */
const CHANCE = 0.0115;

const LIST = new Intl.ListFormat('en');

/** Who won where on the digits: a sentence. Networks of the same rank have about as many weights. */
export function digitsVerdict(candidates: readonly Candidate[]): string {
  const of = (wanted: Candidate['family']) =>
    candidates.filter(({family}) => family === wanted).sort((a, b) => a.parameters - b.parameters);
  const [ours, dense] = [of('wht'), of('dense')];
  const leads = ours.map((each, i) => latest(each) - latest(dense[i]));
  const sizes = (indices: number[]) => LIST.format(indices.map((i) => ours[i].parameters.toLocaleString('en')));
  const where = (wins: (lead: number) => boolean) => [...leads.keys()].filter((i) => wins(leads[i]));
  const parts = [
    ['Ours won', where((lead) => lead > CHANCE)],
    ['Dense won', where((lead) => lead < -CHANCE)],
    ['Level within chance', where((lead) => Math.abs(lead) <= CHANCE)],
  ] as const;
  const said = parts.filter(([, indices]) => indices.length > 0);
  return `${said.map(([who, indices]) => `${who} at about ${sizes(indices)} weights`).join('. ')}.`;
}
