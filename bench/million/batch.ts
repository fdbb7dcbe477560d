export const BATCH = 8;
