// The transform of many rows on all cores.
#pragma once
#include <functional>

#include "expansion.h"
#include "loops.h"
#include "periodic.h"

namespace piecewise {

// Checks that `axis` of x exists and can be transformed.
Plan planOf(const Input& x, int64_t axis);

// The same of x that is made as long as the signs are.
Plan planOf(const Input& x, int64_t axis, const Input& signs);

// What goes on with `count` values that were transformed last and are near: those from `start` on, at the place `at` of a step.
using Then = std::function<void(size_t start, size_t at, size_t count)>;

void transformAll(const Source& from, float* to, const Plan& plan, const Fused& fused, const Then& then = nullptr);

// The pass across the parts of long rows, in place, on all cores, after all that is done part by part.
void acrossParts(float* rows, size_t count, Row row, size_t parts, const Fused& fused);

}  // namespace piecewise
