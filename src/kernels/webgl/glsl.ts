/** GLSL: a texel from an expression for each of its channels. */
export const texelOf = (expression: (channel: string, index: number) => string) =>
  `vec4(${['r', 'g', 'b', 'a'].map(expression)})`;

/** GLSL: the name of the function that reads an input. */
export const reader = (input: string) => `get${input[0].toUpperCase()}${input.slice(1)}`;
