/* rounding: exact arithmetic on minor units */
long rounding(long a) { return a; }
