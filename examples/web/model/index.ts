import {find} from '../find';
import {setting} from '../settings';
import {status} from '../status';
import {Tab, type Texts} from '../tab';
import type {Reply} from '../worker/messages';
import {startOpener} from './opener';
import {showFinding, showOpened, showReading, showRefusal} from './views';

/** A model from outside: nothing is trained here. */
export class ModelTab extends Tab {
  private isStarted = false;
  /** What came before there was a worker. */
  private waiting: File[] | null = null;

  constructor() {
    super('Ready for a model.');
    startOpener((files) => this.open(files));
    find('#example').addEventListener('click', () => this.open([]));
  }

  async texts(): Promise<Texts | null> {
    return null;
  }

  override take(files: File[]): void {
    if (this.isStarted) this.open(files);
    else this.waiting = files;
  }

  protected rebuild(): void {
    this.isStarted = true;
    if (this.waiting) this.open(this.waiting);
    this.waiting = null;
  }

  protected show(reply: Reply): void {
    if (reply.type === 'opened') showOpened(reply.model);
    else if (reply.type === 'found') showFinding(reply.finding);
    else if (reply.type === 'refused') showRefusal(reply.message);
    else return;
    status(reply.type === 'refused' ? 'It could not be read.' : 'Read. “Export” turns it into other formats.');
  }

  /** Without files: the example of the worker. */
  private open(files: File[]): void {
    showReading();
    this.send({type: 'open', files, dataAddress: addressOfData()});
  }
}

/** As seen from the page, not from the worker's script. */
function addressOfData(): string {
  const given = setting('data').trim();
  return given === '' ? '' : new URL(given, document.baseURI).href;
}
