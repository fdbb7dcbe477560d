/** Which path the kernels take. */
export function describe(): {path: string; advice?: string} {
  return {path: 'WGSL, one workgroup per row'};
}
