import {find} from '../find';
import {textsOf} from '../program';
import {set, setting} from '../settings';
import {status} from '../status';
import {Tab, type Texts} from '../tab';
import type {Finding, RegionsView, Reply} from '../worker/messages';
import {startOpener} from './opener';
import {showFinding, showOpened, showReading, showRefusal} from './views';

/** A model from outside: nothing is trained here. */
export class ModelTab extends Tab {
  private isStarted = false;
  /** What came before there was a worker. */
  private waiting: File[] | null = null;
  /** Where the linear regions of the model were counted; null if they could not be, undefined as long as there is no model. */
  private view: RegionsView | null | undefined;

  override readonly nothingYet = 'There is nothing to take yet: choose a model, or try the example.';

  constructor() {
    super('Ready for a model.');
    startOpener((files) => this.open(files));
    find('#example').addEventListener('click', () => {
      set('opened', 'example');
      this.open([]);
    });
  }

  async texts(): Promise<Texts | null> {
    if (this.view === undefined) return null;
    const {modelProgram} = await import('./program');
    return textsOf(modelProgram(this.view), {
      title: 'Looks into a model, as the playground does',
      name: 'look.mjs',
      address: location.href,
      beside: 'model.json and its weight files (the page has them under “Export”, TensorFlow.js)',
    });
  }

  override take(files: File[]): void {
    if (this.isStarted) this.open(files);
    else this.waiting = files;
  }

  protected rebuild(): void {
    this.isStarted = true;
    if (this.waiting) this.open(this.waiting);
    else if (setting('opened') === 'example') this.open([]);
    this.waiting = null;
  }

  protected show(reply: Reply): void {
    if (reply.type === 'opened') showOpened(reply.model);
    else if (reply.type === 'found') this.showFound(reply.finding);
    else if (reply.type === 'refused') showRefusal(reply.message);
    else return;
    status(reply.type === 'refused' ? 'It could not be read.' : 'Read. “Export” turns it into other formats.');
  }

  private showFound(finding: Finding): void {
    showFinding(finding);
    if (finding.part === 'regions')
      this.view = typeof finding.content === 'string' ? null : (finding.content.view ?? null);
  }

  /** Without files: the example of the worker. */
  private open(files: File[]): void {
    this.view = undefined;
    if (files.length > 0) set('opened', '');
    showReading();
    this.send({type: 'open', files, dataAddress: addressOfData()});
  }
}

/** As seen from the page, not from the worker's script. */
function addressOfData(): string {
  const given = setting('data').trim();
  return given === '' ? '' : new URL(given, document.baseURI).href;
}
