import * as tf from '@tensorflow/tfjs';
import {fail, type Names, requireInteger, requireOptions} from '../errors';
import {seedFromText} from '../math/random';
import type {Kwargs, LayerArgs} from '../tfjs_internals';
import {positionOf} from './position';
import {RANDOM_VERSION, requireRandomVersion} from './random_version';

/** What every layer of tfjs takes. */
export const LAYER_OPTIONS: Names<LayerArgs> = {
  inputShape: true,
  batchInputShape: true,
  batchSize: true,
  dtype: true,
  name: true,
  trainable: true,
  weights: true,
  inputDType: true,
};

const COMMON = {seed: true, randomVersion: true, ...LAYER_OPTIONS};

/** Arguments that all layers with random numbers have. */
export interface SeedArgs extends LayerArgs {
  /**
   * Integer that fixes the random numbers of the layer. Default: from its place in the model, so that the same code builds
   * the same function again, and stacked layers differ.
   */
  seed?: number;
  /** Version of the random numbers; saved with the model. */
  randomVersion?: number;
}

type Inputs = Parameters<tf.layers.Layer['apply']>[0];

/** What the layers of this package share: options by known names only, and a seed that belongs to the function. */
export abstract class PiecewiseLayer extends tf.layers.Layer {
  /** @ignore The names of the options of a class, beside those of all layers. */
  static readonly options: {readonly [name: string]: true} = {};
  /** @ignore Values of options that a saved layer may lack, since it was saved before there were any. */
  static readonly unsaved: tf.serialization.ConfigDict = {};

  private ownSeed: number | null;
  private position = 0;
  /** The layer that has this one as its activation, and its weights as its own. */
  private owner: PiecewiseLayer | null = null;

  constructor(args: SeedArgs) {
    const {options, className} = new.target as unknown as typeof PiecewiseLayer & {className: string};
    requireOptions(args, options, `layer ${args?.name ?? className}`, COMMON);
    super(args);
    // tfjs has counted: wht_projection_WHTProjection1, of which a summary shows no number.
    if (!args.name) this.name = `${snakeCase(factoryOf(className))}_${/\d+$/.exec(this.name)}`;
    const who = `layer ${this.name}`;
    requireRandomVersion(args.randomVersion, who);
    const {seed} = args;
    this.ownSeed = seed === undefined || seed === null ? null : requireInteger(seed, 'seed', who, -Infinity, 1);
  }

  /** The seed that was given or saved; else that of the layer's place in its model, null before the layer is built. */
  get seed(): number | null {
    return this.ownSeed;
  }

  /** The seed, from here on fixed: for `build`, which needs the random numbers. */
  protected fixSeed(): number {
    this.ownSeed ??= seedFromText(`${this.getClassName()} ${(this.owner ?? this).position}`);
    return this.ownSeed;
  }

  /** @ignore Gives this layer to another one, as its activation. It then stands nowhere else. */
  becomePartOf(owner: PiecewiseLayer): void {
    const other = this.owner ? `the activation of ${this.owner.name}` : this.built ? 'used elsewhere' : null;
    if (other) this.refuseSecondUse(`layer ${owner.name}`, `${this.name}, which is ${other}`);
    this.owner = owner;
  }

  private refuseSecondUse(who: string, received: string): never {
    const factory = `pw.layers.${factoryOf(this.getClassName())}()`;
    fail(who, 'an activation must be a layer of its own', received, `Make a new one: ${factory}.`);
  }

  override apply(inputs: Inputs, kwargs?: Kwargs): ReturnType<tf.layers.Layer['apply']> {
    if (this.owner)
      this.refuseSecondUse(`layer ${this.name}`, `a second use: it is the activation of ${this.owner.name}`);
    if (!this.built) this.position = positionOf(inputs);
    return super.apply(inputs, kwargs);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {...super.getConfig(), seed: this.ownSeed, randomVersion: RANDOM_VERSION};
  }

  /** From a saved config. An option that another version has saved is named and left out. */
  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    {customObjects: _, ...config}: tf.serialization.ConfigDict,
  ): T {
    const {className, options, unsaved} = cls as unknown as typeof PiecewiseLayer & {className: string};
    // The name of an activation comes here as a config of nothing.
    if (Object.keys(config).length === 0) {
      const fix = `Put it after the layer: pw.layers.${factoryOf(className)}().`;
      fail(
        className,
        'it must be a layer of the model',
        'its name as an activation, whose weights nobody would train',
        fix,
      );
    }
    const known = {...options, ...COMMON};
    const others = Object.keys(config).filter((name) => !Object.hasOwn(known, name) && config[name] != null);
    if (others.length > 0) {
      // biome-ignore lint/suspicious/noConsole: the model is loaded, but may not be what was saved
      console.warn(`layer ${config.name}: saved by another version, with options that are not known here: ${others}.`);
    }
    const given = Object.entries(config).filter(([name]) => Object.hasOwn(known, name));
    return new cls({...unsaved, ...Object.fromEntries(given)});
  }
}

/** The name by which a layer is made: reluPair for ReLUPair, whtProjection for WHTProjection. */
const factoryOf = (className: string): string => className.replace(/^(WHT|ReLU|[A-Z])/, (start) => start.toLowerCase());

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
