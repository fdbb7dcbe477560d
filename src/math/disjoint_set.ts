/** A set of things that are one, and grows; each thing holds one. */
export class DisjointSet {
  private up: DisjointSet | null = null;

  /** The same for all that were joined. */
  get root(): DisjointSet {
    let at: DisjointSet = this;
    while (at.up) {
      if (at.up.up) at.up = at.up.up; // halves the way for the next time
      at = at.up;
    }
    return at;
  }

  join(other: DisjointSet): void {
    const [top, below] = [this.root, other.root];
    if (top !== below) below.up = top;
  }
}
