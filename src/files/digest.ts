/** SHA-256 as lower-case hexadecimal digits; null on a page without TLS, where browsers have no digests. */
export async function sha256(data: Uint8Array): Promise<string | null> {
  const {subtle} = globalThis.crypto;
  if (!subtle) return null;
  const digest = new Uint8Array(await subtle.digest('SHA-256', data as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
