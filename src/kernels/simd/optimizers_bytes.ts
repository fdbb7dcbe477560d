// Written by `npm run build:wasm` from assembly/optimizers.ts: do not edit.

import type {ModuleText} from './instance';

export const OPTIMIZERS: ModuleText = {
  memoryFlags: 44,
  text: '(#4#F#@)((();)#37#R#R#R#R#R#R#R#R#P#P#P#P#P#P#P(*:)+#8#A#I.#@#8#@#B#E#L*)(#S#S,+*)(/1)-#4#7#4#@#*((2$A*)$>*+*#R+#N+#PH/i#C#DI8+hH7H8q,hH(H7#=${(,(I:H*H7#=${(,(H0${;${$d)H)H7#=${(,(J9H1${;${$d)${$b)I;H+H7#=${(,(H2${;${$d)H9H9${$d)H3${;${$d)${$b)I9H-H7#=H;${3,(H.H7#=H9${3,(H,H7#=H:H:H6${;${$d)${$c)H;H4${;${$d)H9${$a)H5${;${$b)${$e)${$c)${3,(H7i8#=I74)33+hH/H7s,hH(H7#=R*(I=H*H7#=R*(H0#gH)H7#=R*(J<H1#g#eI>H+H7#=R*(H2#gH<H<#gH3#g#eI<H-H7#=H>`*(H.H7#=H<`*(H,H7#=H=H=H6#g#fH>H4#gH<#dH5#e#h#f`*(H7i,#=I74)333',
};
