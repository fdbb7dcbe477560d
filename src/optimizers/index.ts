export {AdamW, type AdamWArgs, adamW} from './adam_w';
