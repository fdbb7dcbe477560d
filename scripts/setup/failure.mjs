/** A part cannot be had on this machine. The message is for the user; the details are in the log. */
export class Failure extends Error {}
