/**
 * Writes tables in the format of FlatBuffers: from the root on, each before what it refers to by how far away that is. A model
 * needs tables, lists, texts and numbers of three widths: 0.9 kB of a page (minified, gzip), where the builder of the npm package
 * flatbuffers takes 2.5, and would be the one dependency of this package.
 */

/** A number in a table. */
interface Scalar {
  readonly width: 1 | 4;
  write(view: DataView, position: number): void;
}

/** Whole numbers of 8 bits, and true and false. */
export const int8 = (value: number | boolean): Scalar => ({
  width: 1,
  write: (view, position) => view.setUint8(position, Number(value)),
});
export const int32 = (value: number): Scalar => ({
  width: 4,
  write: (view, position) => view.setInt32(position, value, true),
});
export const float32 = (value: number): Scalar => ({
  width: 4,
  write: (view, position) => view.setFloat32(position, value, true),
});

/** Fields by their places in the schema; those that are left out have their default value. */
export class Table {
  constructor(readonly fields: readonly (Scalar | Item | undefined)[] = []) {}
}

export type Item = Table | string | Numbers | readonly Item[];
type Numbers = Int32Array | Float32Array | BigInt64Array | Uint8Array;

const isScalar = (field: Scalar | Item): field is Scalar => Object.hasOwn(field as object, 'width');

/** The bytes of a file with this table as its root. */
export function flatbuffer(root: Table, identifier: string): Uint8Array {
  const writer = new Writer();
  const start = writer.reserve(8, 4);
  writer.text(identifier, start + 4);
  writer.refer(start, root);
  return writer.finish();
}

class Writer {
  private bytes = new Uint8Array(2 ** 16);
  private view = new DataView(this.bytes.buffer);
  private length = 0;

  /** The position of the next bytes that are free: that plus `before` is a multiple of `alignment`. */
  reserve(size: number, alignment: number, before = 0): number {
    const start = Math.ceil((this.length + before) / alignment) * alignment - before;
    this.length = start + size;
    if (this.length > this.bytes.length) {
      const longer = new Uint8Array(2 * this.length);
      longer.set(this.bytes);
      this.bytes = longer;
      this.view = new DataView(longer.buffer);
    }
    return start;
  }

  text(text: string, position: number): void {
    this.bytes.set(new TextEncoder().encode(text), position);
  }

  /** Writes an item, and at a position how far away it is. */
  refer(position: number, item: Item): void {
    const target = this.item(item);
    this.view.setUint32(position, target - position, true);
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private item(item: Item): number {
    if (item instanceof Table) return this.table(item);
    if (typeof item === 'string') return this.texts(item);
    return Array.isArray(item) ? this.list(item) : this.numbers(item as Numbers);
  }

  /** First how long it and its table of places are, and where each field is; then the fields, wide ones first. */
  private table({fields}: Table): number {
    const given = [...fields.entries()].flatMap(([i, field]) => (field === undefined ? [] : [{i, field}]));
    const width = (field: Scalar | Item) => (isScalar(field) ? field.width : 4);
    given.sort((a, b) => width(b.field) - width(a.field));
    const size = given.reduce((sum, {field}) => sum + width(field), 4);
    const placesSize = 4 + 2 * fields.length;
    const places = this.reserve(placesSize + size, 4, placesSize);
    const start = places + placesSize;
    this.view.setUint16(places, placesSize, true);
    this.view.setUint16(places + 2, size, true);
    this.view.setInt32(start, placesSize, true);
    let position = start + 4;
    const references: [position: number, item: Item][] = [];
    for (const {i, field} of given) {
      this.view.setUint16(places + 4 + 2 * i, position - start, true);
      if (isScalar(field)) field.write(this.view, position);
      else references.push([position, field]);
      position += width(field);
    }
    for (const [at, item] of references) this.refer(at, item);
    return start;
  }

  private list(items: readonly Item[]): number {
    const start = this.reserve(4 + 4 * items.length, 4);
    this.view.setUint32(start, items.length, true);
    for (const [i, item] of items.entries()) this.refer(start + 4 + 4 * i, item);
    return start;
  }

  /** Bytes lie as runtimes want those of tensors, which may be of any type. */
  private numbers(numbers: Numbers): number {
    const alignment = numbers instanceof Uint8Array ? 16 : numbers.BYTES_PER_ELEMENT;
    const start = this.reserve(4 + numbers.byteLength, Math.max(4, alignment), 4);
    this.view.setUint32(start, numbers.length, true);
    this.bytes.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), start + 4);
    return start;
  }

  /** Texts end with a zero. */
  private texts(text: string): number {
    const bytes = new TextEncoder().encode(text);
    const start = this.reserve(4 + bytes.length + 1, 4);
    this.view.setUint32(start, bytes.length, true);
    this.bytes.set(bytes, start + 4);
    return start;
  }
}
