import type {Highs} from 'highs';

let loading: Promise<Highs> | null = null;

/** The linear programming solver HiGHS, an optional package; null if it is not installed. */
export async function loadHighs(): Promise<Highs | null> {
  loading ??= packageNamed('highs').then(({default: load}) => load());
  try {
    return await loading;
  } catch {
    loading = null;
    return null;
  }
}

/** By a name that bundlers do not look into: they would want the package even where nobody asks for programs. */
const packageNamed = (name: string): Promise<typeof import('highs')> =>
  import(/* @vite-ignore */ /* webpackIgnore: true */ name);
