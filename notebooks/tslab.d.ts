/** What the notebooks use of their kernel, for the type check: the kernel itself is not among the project's packages. */
declare module 'tslab' {
  export const display: {
    svg(text: string): void;
    markdown(text: string): void;
    html(text: string): void;
  };
}
