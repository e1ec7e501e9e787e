//! The command line from outside: the program is started as an operator would start it.
