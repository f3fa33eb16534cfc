/* money: exact arithmetic on minor units */
long money(long a) { return a; }
