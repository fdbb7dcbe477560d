import {fail} from '../../errors';

/** Words of C and C++, and what the headers that the code may include declare: functions of math.h also with f and l at their end. */
const TAKEN = `alignas alignof and and_eq asm assert atomic auto bitand bitor bool break case catch char class compl concept const
  consteval constexpr constinit const_cast continue co_await co_return co_yield decltype default delete do double
  dynamic_cast else enum explicit export extern false float for friend goto if import inline int long module mutable
  namespace new noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires
  restrict return short signed sizeof static static_assert static_cast struct switch template this thread_local throw true
  try typedef typeid typename typeof typeof_unqual union unsigned using virtual void volatile wchar_t while xor xor_eq
  main abort exit malloc free memcpy memset printf puts abs labs div isnan isinf isfinite isnormal signbit fpclassify
  unix linux errno NULL EOF NAN INFINITY NDEBUG HUGE_VAL HUGE_VALF`;
const MATH =
  /^(acos|asin|atan2?|cos|sin|tan|acosh|asinh|atanh|cosh|sinh|tanh|exp2?|expm1|frexp|ilogb|ldexp|log|log10|log1p|log2|logb|modf|scalbl?n|cbrt|fabs|hypot|pow|sqrt|erfc?|lgamma|tgamma|ceil|floor|nearbyint|l?l?rint|l?l?round|trunc|fmod|remainder|remquo|copysign|nan|nextafter|nexttoward|fdim|fmax|fmin|fma|[jy][01n]|gamma|drem|significand)[fl]?$/;
/** Arrays, variables and loops of the code. */
const LOCAL = /^([a-z]|(b|t|x|y|at|sum|left|right)\d+|all|most|values|high|low|u?int\d+_t|.*_t)$/;

/** A name for a function of C, in C++, too, that hides nothing. */
export function requireName(name: unknown, who: string): string {
  const expected = 'name must be letters, digits and _, begin with a letter, and mean nothing in C yet';
  const fits = typeof name === 'string' && /^[A-Za-z]\w{0,62}$/.test(name);
  if (!fits || TAKEN.split(/\s+/).includes(name) || MATH.test(name) || LOCAL.test(name)) {
    fail(who, expected, typeof name === 'string' ? `'${name}'` : name, "For example {name: 'digits'}.");
  }
  return name;
}
