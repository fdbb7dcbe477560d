/** Attributes of TensorFlow's nodes, as its GraphDef is written in JSON: integers and bytes are texts. */

import type {Size, Value} from '../lower/operations';

export type Attribute = {readonly [kind: string]: unknown};

export const TYPES = {float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL'} as const;

export const typeOf = (value: Value): Attribute => ({type: TYPES[value.dtype]});
export const integer = (value: number): Attribute => ({i: String(value)});
export const integers = (values: readonly number[]): Attribute => ({list: {i: values.map(String)}});
export const flag = (value: boolean): Attribute => ({b: value});
export const text = (value: string): Attribute => ({s: btoa(value)});

export const dimensions = (shape: readonly Size[]): {dim: {size: string}[]} => ({
  dim: shape.map((size) => ({size: String(size ?? -1)})),
});
