// Written by `npm run build:wasm` from assembly/optimizers.ts: do not edit.

import type {ModuleText} from './instance';

export const OPTIMIZERS: ModuleText = {
  memoryFlags: 45,
  text: '(#4#F#@)((()<)#38#R#R#R#R#R#R#R#R#P#P#P#P#P#P#P#P(*:)+#8#A#I.#@#8#@#B#E#L*)(#S#S,+*)(/1)-#4#7#4#@#*((2$K*)$H*+*#R+#N+#PH/i#C#DI9+hH8H9q,hH(H8#=${(,(I;H*H8#=${(,(H0${;${$d)H)H8#=${(,(J:H1${;${$d)${$b)I<H+H8#=${(,(H2${;${$d)H:H:${$d)H3${;${$d)${$b)I:H-H8#=H<${3,(H.H8#=H:${3,(H,H8#=H;H;H7${;${$c)H6${;${$d)${$c)H<H4${;${$d)H:${$a)H5${;${$b)${$e)${$c)${3,(H8i8#=I84)33+hH/H8s,hH(H8#=R*(I>H*H8#=R*(H0#gH)H8#=R*(J=H1#g#eI?H+H8#=R*(H2#gH=H=#gH3#g#eI=H-H8#=H?`*(H.H8#=H=`*(H,H8#=H>H>H7#fH6#g#fH?H4#gH=#dH5#e#h#f`*(H8i,#=I84)333',
};
