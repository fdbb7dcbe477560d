/** A name that every format takes. Those of layers are letters, digits and `_.-/`, of which TensorFlow.js sees to it. */
export function plainName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_.\-/]/g, '_');
  // TensorFlow wants a letter or digit first. A name that every object has would be found in any table of tfjs.
  return /^[A-Za-z0-9]/.test(plain) && !(plain in {}) ? plain : `n${plain}`;
}
