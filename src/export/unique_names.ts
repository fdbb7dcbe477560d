/** Gives each name once. */
export class UniqueNames {
  private readonly taken = new Set<string>();

  /** The name, with a number behind it if it is taken. */
  unique(wish: string): string {
    let name = wish;
    for (let i = 1; this.taken.has(name); i++) name = `${wish}_${i}`;
    this.taken.add(name);
    return name;
  }
}
