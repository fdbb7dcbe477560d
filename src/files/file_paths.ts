/** Whether a path stays below the folder it starts from, on every operating system: no root, drive, scheme or "..". */
export function isFolderPath(path: string): boolean {
  // A control character would also end the name early somewhere.
  const plain = path !== '' && ![...path].some((character) => character < ' ' || '\\:'.includes(character));
  return plain && !path.startsWith('/') && !path.split('/').includes('..');
}
