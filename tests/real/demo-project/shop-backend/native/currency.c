/* currency: exact arithmetic on minor units */
long currency(long a) { return a; }
