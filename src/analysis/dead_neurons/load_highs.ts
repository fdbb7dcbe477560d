import type {Highs} from 'highs';

let loading: Promise<Highs> | null = null;

/** The linear programming solver HiGHS, an optional package; null if it is not installed. */
export async function loadHighs(): Promise<Highs | null> {
  loading ??= import('highs').then(({default: load}) => load());
  try {
    return await loading;
  } catch {
    loading = null;
    return null;
  }
}
