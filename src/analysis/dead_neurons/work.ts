/** A budget, in multiplications, so that the same question gets the same answer on any machine. */
export class Work {
  private spent = 0;

  constructor(private readonly limit: number) {}

  spend(multiplications: number): void {
    this.spent += multiplications;
  }

  get left(): number {
    return this.limit - this.spent;
  }
}
