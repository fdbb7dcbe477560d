/** Contents of an IDX file of bytes. */
export interface Idx {
  /** Sizes of the axes, the slowest first: [images, rows, columns] or [labels]. */
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

/**
 * Reads the IDX format, in which MNIST and its relatives are published: two zero bytes, the type of the elements (only
 * unsigned bytes, 0x08, are accepted here), the number of axes, the size of each as a big-endian 32-bit integer, then
 * the elements. The result shares memory with `bytes`.
 *
 * @param bytes The file, unpacked.
 * @param name Its path, for error messages.
 * @throws If the header is not one of IDX, or the length is not what the header promises.
 */
export function parseIdx(bytes: Uint8Array, name: string): Idx {
  const refuse = (received: string, fix: string): never => {
    throw new Error(`parseIdx: ${name} is not an IDX file of unsigned bytes: ${received}. ${fix}`);
  };
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) refuse('it is packed with gzip', 'Unpack it first.');
  if (bytes.length < 4) refuse(`it has ${bytes.length} bytes, fewer than a header`, 'Get the file again.');
  const [zero, alsoZero, type, axes] = bytes;
  if (zero !== 0 || alsoZero !== 0 || type !== UNSIGNED_BYTE || axes === 0) {
    const magic = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
    refuse(`it begins with ${magic}, expected 0000 08 and the number of axes`, 'Check that this is the right file.');
  }
  const header = 4 + 4 * axes;
  if (bytes.length < header) {
    refuse(`it ends after ${bytes.length} of ${header} header bytes`, 'It was cut off: get the file again.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({length: axes}, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = shape.reduce((product, size) => product * size, 1);
  const received = bytes.length - header;
  if (received !== expected) {
    refuse(
      `its header announces shape [${shape.join(', ')}], ${expected} bytes, but ${received} follow`,
      'It was cut off or joined with another: get the file again.',
    );
  }
  return {shape, data: bytes.subarray(header)};
}
