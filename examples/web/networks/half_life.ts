/** Epochs after which the learning rate has halved. */
export const HALF_LIFE = 400;
