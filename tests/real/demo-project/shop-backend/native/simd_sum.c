/* simd_sum: exact arithmetic on minor units */
long simd_sum(long a) { return a; }
