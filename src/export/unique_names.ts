/** A name that every format takes. Those of layers are letters, digits and `_.-/`, of which TensorFlow.js sees to it. */
export function plainName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_.\-/]/g, '_');
  // TensorFlow wants a letter or digit first. A name that every object has would be found in any table of tfjs.
  return /^[A-Za-z0-9]/.test(plain) && !(plain in {}) ? plain : `n${plain}`;
}

/** Gives each name once. */
export class UniqueNames {
  private readonly taken = new Set<string>();

  /** The name, followed by a number if it is taken. */
  unique(wish: string): string {
    let name = wish;
    for (let i = 1; this.taken.has(name); i++) name = `${wish}_${i}`;
    this.taken.add(name);
    return name;
  }
}
