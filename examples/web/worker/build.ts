import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {type Argument, isCall, type Plan} from '../networks/call';

type Factories = {[name: string]: (args: unknown) => unknown};

const PLACES: {[place: string]: unknown} = {
  'tf.layers': tf.layers,
  'tf.initializers': tf.initializers,
  'pw.layers': pw.layers,
  'pw.initializers': pw.initializers,
};

/** The model of a plan. */
export function build({layers}: Plan): tf.Sequential {
  return tf.sequential({layers: layers.map((layer) => made(layer) as tf.layers.Layer)});
}

function made(value: Argument): unknown {
  if (Array.isArray(value)) return value.map(made);
  if (typeof value !== 'object') return value;
  if (!isCall(value)) return eachMade(value as {readonly [name: string]: Argument});
  const dot = value.call.lastIndexOf('.');
  const place = PLACES[value.call.slice(0, dot)] as Factories;
  return place[value.call.slice(dot + 1)](eachMade(value.args));
}

const eachMade = (args: {readonly [name: string]: Argument}) =>
  Object.fromEntries(Object.entries(args).map(([name, argument]) => [name, made(argument)]));
