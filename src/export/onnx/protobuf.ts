/**
 * Writes messages in the wire format of Protocol Buffers: fields one after the other, each with its number and how long
 * it is. ONNX needs four kinds of fields. Libraries would add 3 to 22 kB to a page for these lines (measured:
 * @bufbuild/protobuf, protobufjs, onnx-proto), and a dependency to a package that has none.
 */

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

export class Message {
  private readonly parts: Uint8Array[] = [];
  length = 0;

  integer(field: number, value: number): this {
    return this.tag(field, VARINT).varint(value);
  }

  float(field: number, value: number): this {
    return this.tag(field, FIXED_32).push(new Uint8Array(Float32Array.of(value).buffer));
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.tag(field, LENGTH_DELIMITED).varint(value.length).push(value);
  }

  message(field: number, value: Message): this {
    this.tag(field, LENGTH_DELIMITED).varint(value.length);
    for (const part of value.parts) this.push(part);
    return this;
  }

  /** All fields so far. */
  finish(): Uint8Array {
    const all = new Uint8Array(this.length);
    let offset = 0;
    for (const part of this.parts) {
      all.set(part, offset);
      offset += part.length;
    }
    return all;
  }

  private tag(field: number, type: number): this {
    return this.varint(field * 8 + type);
  }

  /** A whole number >= 0: seven bits a byte, the lowest first, with the top bit set in all but the last. */
  private varint(value: number): this {
    const bytes: number[] = [];
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
    bytes.push(rest);
    return this.push(Uint8Array.from(bytes));
  }

  private push(part: Uint8Array): this {
    this.parts.push(part);
    this.length += part.length;
    return this;
  }
}
