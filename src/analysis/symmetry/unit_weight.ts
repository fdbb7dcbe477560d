/** A weight with an axis of units: entry k belongs to unit floor(k / stride) mod units. */
export class UnitWeight {
  constructor(
    readonly data: Float64Array,
    readonly units: number,
    readonly stride = 1,
  ) {}

  unitOf(index: number): number {
    return Math.floor(index / this.stride) % this.units;
  }

  /** Unit i becomes what unit from[i] was, times factor[i]. */
  relabel(from: Int32Array, factor?: ArrayLike<number>): void {
    const old = this.data.slice();
    for (let k = 0; k < old.length; k++) {
      const unit = this.unitOf(k);
      const value = old[k + (from[unit] - unit) * this.stride];
      this.data[k] = factor ? factor[unit] * value : value;
    }
  }

  of(unit: number): number[] {
    const {data, units, stride} = this;
    const values: number[] = [];
    for (let start = unit * stride; start < data.length; start += units * stride) {
      for (let k = start; k < start + stride; k++) values.push(data[k]);
    }
    return values;
  }
}
