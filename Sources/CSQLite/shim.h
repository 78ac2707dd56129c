// SQLite's C interface (https://sqlite.org/c3ref/intro.html).
#include <sqlite3.h>
