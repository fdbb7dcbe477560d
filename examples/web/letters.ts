/** Shares from 0 to 1 as letters, for addresses. */

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_';

/** Between a letter and the next. */
export const STEPS = LETTERS.length - 1;

export const letterOf = (share: number) => LETTERS[Math.round(share * STEPS)];

/** Below 0 for what is no such letter. */
export const shareOf = (letter: string) => LETTERS.indexOf(letter) / STEPS;
